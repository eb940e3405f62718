"""JSON as providers promise it, read strictly: whatever is not quite that is called unreadable, and why."""

import json
import math
from typing import Any

from litbase.providers import causes
from litbase.providers.http import Reply


def json_of(reply: Reply, who: str) -> Any:
    """The JSON of an answer; half a surrogate pair in it, which no text can hold, becomes "?".

    Raises: Unreadable, with the cause: not labelled as JSON, not UTF-8, not JSON, or JSON no
    provider sends (NaN, infinities, nesting beyond what can be read).
    Source: RFC 8259, 4, 6, 8 and 9.
    """
    label = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    if label != "application/json" and not label.endswith("+json"):
        raise causes.unreadable(who, _mislabelled(label))
    try:
        return _parsed(reply.body.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise causes.unreadable(who, "it is not UTF-8") from error
    except RecursionError as error:
        raise causes.unreadable(who, "its JSON is nested too deeply") from error
    except ValueError as error:
        raise causes.unreadable(who, "it is not JSON" if reply.body.strip() else "it is empty") from error


def _mislabelled(label: str) -> str:
    if label in ("text/html", "application/xhtml+xml"):
        return "it calls itself a web page, not JSON"
    return "it is not labelled as JSON" if label else "it does not say what it is"


def _parsed(text: str) -> Any:
    value = json.loads(text, parse_constant=_refused, parse_float=_finite)
    if "\\ud" in text or "\\uD" in text:
        value = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    return value


def _refused(constant: str) -> float:
    raise ValueError(constant)


def _finite(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _refused(text)
