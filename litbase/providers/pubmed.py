"""PubMed and PubMed Central: records by PMID or PMCID, in NCBI's summaries.

NCBI knows authors by their initials only, and titles as its indexers write them. Where a summary
has a DOI the answer says that Crossref knows more and is to be asked first.

Source: NCBI, "The E-utilities In-Depth", ESummary (version 2.0 as JSON), and its usage policy.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from litbase.domain import doi as dois
from litbase.domain.text import clean_line
from litbase.errors import BadInput, NotFound
from litbase.providers import causes
from litbase.providers.limiter import Limit
from litbase.providers.line import Line, Outcome, in_groups
from litbase.providers.outcomes import Answer, Refusal
from litbase.providers.patience import Clock, Patience
from litbase.providers.strict import json_of

WHO = "PubMed"
BATCH = 100
_LIMIT = Limit(3, 1, 1)  # requests a second without a key


class Settings(NamedTuple):
    """Where NCBI's E-utilities are asked, and the address NCBI may write to."""

    base_url: str = "https://eutils.ncbi.nlm.nih.gov"
    mailto: str | None = None


def fetch(
    wanted: Iterable[str], settings: Settings, *, patience: Patience | None = None, clock: Clock | None = None
) -> Iterator[Outcome]:
    """One outcome for each PMID (digits) or PMCID (`PMC` and digits), in the order asked."""
    with Line(WHO, settings.base_url, _LIMIT, settings.mailto, patience, clock) as line:
        yield from in_groups(wanted, BATCH, lambda group: _asked(line, group, settings.mailto))


def _asked(line: Line, group: list[str], mailto: str | None) -> dict[str, Outcome]:
    """The outcomes of one group: at most one request to PubMed and one to PubMed Central."""
    outcomes: dict[str, Outcome] = {}
    for database, prefix in (("pubmed", ""), ("pmc", "PMC")):
        mine = [one for one in group if one.startswith("PMC") == bool(prefix)]
        if mine:
            found = _summaries(line, database, [one.removeprefix(prefix) for one in mine], mailto)
            outcomes |= {one: _outcome(one, found.get(one.removeprefix(prefix)), database) for one in mine}
    return outcomes


def _summaries(line: Line, database: str, uids: list[str], mailto: str | None) -> Mapping[str, Any]:
    params = {"db": database, "id": ",".join(uids), "retmode": "json", "tool": "litbase"}
    if mailto:
        params["email"] = mailto
    body = json_of(line.get("/entrez/eutils/esummary.fcgi", params), WHO)
    result = body.get("result") if isinstance(body, dict) else None
    if not isinstance(result, dict):
        # A request in which no number is known has an error in the place of results.
        if isinstance(body, dict) and ("error" in body or "esummaryresult" in body):
            return {}
        raise causes.unreadable(WHO, "it is no list of summaries")
    return result


def _outcome(wanted: str, summary: object, database: str) -> Outcome:
    if not isinstance(summary, dict) or "error" in summary:
        known = "PubMed" if database == "pubmed" else "PubMed Central"
        return Refusal(wanted, NotFound(f"{known} knows no {wanted}", "look for a slip in it"))
    if str(summary.get("uid")) != wanted.removeprefix("PMC"):
        return Refusal(wanted, causes.unreadable(WHO, "it is the summary of another work"))
    doi = doi_in(summary)
    return Answer(doi, wanted, {"db": database, **summary}, provider="pubmed", better="crossref" if doi else "")


def doi_in(summary: Mapping[str, Any]) -> str:
    """The DOI a summary lists, canonical; empty where it lists none that can be read."""
    listed = summary.get("articleids")
    for one in listed if isinstance(listed, list) else []:
        if isinstance(one, dict) and one.get("idtype") == "doi" and isinstance(one.get("value"), str):
            try:
                return dois.parse(clean_line(one["value"]))
            except BadInput:
                continue
    return ""
