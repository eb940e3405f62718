"""A Custom HTML block for WordPress's editor, pasted as it stands: the one form whose indents it keeps."""

from collections.abc import Sequence

from litbase.render import BARE, Frame, Listed
from litbase.render import html as fragment

# `[video]` in a title would be run as a shortcode, in an HTML block too; the entities are not.
_SHORTCODES = str.maketrans({"[": "&#91;", "]": "&#93;"})


def reference_list(entries: Sequence[Listed], heading: str = "References", frame: Frame = BARE) -> str:
    """The fragment of `html` between WordPress's block comments.

    The post's title is WordPress's own: the frame's stands as a heading of the second level.

    Source: WordPress Block Editor Handbook, "Markup representation of a block"; Shortcode API.
    """
    title = [f"<h2>{fragment.escaped(frame.title)}</h2>"] if frame.title else []
    level = 3 if frame.title else 2
    without = frame._replace(jsonld=False)
    body = "\n".join([*title, *fragment.intro(frame), fragment.section(entries, heading, without, level=level)])
    lines = ["<!-- wp:html -->", body.translate(_SHORTCODES), *fragment.metadata(entries, frame), "<!-- /wp:html -->"]
    return "\n".join([*lines, ""])
