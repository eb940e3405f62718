"""Publishing houses and preprint servers by the names they go by on the work.

A new one is one line here. Source: the publishers' own sites, and the prefixes Crossref lists
for each member.
"""

import re

# By first word, for houses whose deposits name a holding, a seat or a branch: a pattern for the
# whole name, and the name on the title page. "Springer Publishing Company" is another house.
IMPRINTS: dict[str, tuple[tuple[str, str], ...]] = {
    "routledge": ((r"Routledge\b.*", "Routledge"),),
    "springer": (
        (r"Springer", "Springer"),
        (
            r"Springer (?:International|Nature|Science|Berlin|Fachmedien|Singapore|New York|US|Netherlands)\b.*",
            "Springer",
        ),
        (r"Springer (?:Verlag|London|Vienna|Wien|Basel|Dordrecht|Japan|India|Milan|Paris)\b.*", "Springer"),
    ),
    "springer-verlag": ((r"Springer-Verlag\b.*", "Springer"),),
    "palgrave": ((r"Palgrave Macmillan\b.*", "Palgrave Macmillan"),),
    "birkhäuser": ((r"Birkhäuser\b.*", "Birkhäuser"),),
    "elsevier": ((r"Elsevier (?:BV|B\.V\.|Science|Inc\.?|Ltd\.?|GmbH|Masson)\b.*", "Elsevier"),),
    "walter": ((r"Walter [Dd]e Gruyter\b.*", "De Gruyter"),),
    "de": ((r"[Dd]e Gruyter (?:Mouton|Saur|Oldenbourg|GmbH)\b.*", "De Gruyter"),),
    "john": ((r"John Wiley (?:&|and) Sons?\b.*", "John Wiley & Sons"),),
    "ovid": ((r"Ovid Technologies.*", "Wolters Kluwer"),),
    "world": ((r"World Scientific\b.*", "World Scientific"),),
    "oxford": ((r"Oxford University Press.*", "Oxford University Press"),),
    "cambridge": ((r"Cambridge University Press.*", "Cambridge University Press"),),
    "taylor": ((r"Taylor (?:&|and) Francis\b.*", "Taylor & Francis"),),
    "georg": ((r"Georg Thieme\b.*", "Thieme"),),
    "ieee": ((r"IEEE Comput\. Soc\b.*", "IEEE Computer Society"),),
    "guilford": ((r"Guilford (?:Publications?|Press)\b.*", "Guilford Press"),),
    "brill": ((r"Brill\b.*", "Brill"),),
    "koninklijke": ((r"Koninklijke Brill\b.*", "Brill"),),
    "psychosozial-verlag": ((r"Psychosozial-Verlag\b.*", "Psychosozial-Verlag"),),
}

# Prefixes that belong to one imprint of a holding that deposits under its own name.
HOLDINGS = re.compile(r"Informa\b|Taylor (?:&|and) Francis", re.IGNORECASE)
BY_PREFIX = {"10.4324": "Routledge", "10.1201": "CRC Press"}

# Preprint servers by how their DOIs begin, where neither institution nor group title names one.
SERVERS = {
    "10.1101/": "bioRxiv", "10.64898/": "bioRxiv", "10.31234/": "PsyArXiv", "10.31235/": "SocArXiv",
    "10.31219/": "OSF Preprints", "10.31222/": "MetaArXiv", "10.31224/": "engrXiv", "10.31730/": "AfricArXiv",
    "10.31223/": "EarthArXiv", "10.35542/": "EdArXiv", "10.33767/": "MediArXiv", "10.34055/": "BodoArXiv",
    "10.31236/": "SportRxiv", "10.51224/": "SportRxiv", "10.31231/": "MindRxiv", "10.31233/": "PaleorXiv",
    "10.31228/": "LawArXiv", "10.31229/": "LIS Scholarship Archive", "10.31227/": "INA-Rxiv",
    "10.31237/": "Thesis Commons", "10.31230/": "MarXiv", "10.32942/": "EcoEvoRxiv", "10.2139/ssrn": "SSRN",
    "10.20944/preprints": "Preprints.org", "10.21203/rs": "Research Square", "10.26434/chemrxiv": "ChemRxiv",
    "10.36227/techrxiv": "TechRxiv", "10.1590/scielopreprints": "SciELO Preprints",
    "10.5194/egusphere": "EGUsphere", "10.22541/": "Authorea", "10.33774/": "Cambridge Open Engage",
    "10.2196/preprints": "JMIR Preprints", "10.3762/bxiv": "Beilstein Archives", "10.48550/arxiv": "arXiv",
    "10.14293/": "ScienceOpen Preprints", "10.1002/essoar": "ESS Open Archive", "10.1364/opticaopen": "Optica Open",
}  # fmt: skip

SERVER = re.compile(
    r"\w*(?:rxiv|arxiv)\b.*|SSRN.*|Open Science Framework|OSF.*|Preprints?(?:\.org)?|Research Square|Authorea|"
    r"Thesis Commons",
    re.IGNORECASE,
)
SERVER_NAMES = {"open science framework": "OSF Preprints", "osf": "OSF Preprints", "ssrn": "SSRN"}


def imprint(name: str) -> str:
    """The name on the title page for a house that deposits under another; "" for any other house."""
    first = name.partition(" ")[0].rstrip(",").casefold()
    return next((known for pattern, known in IMPRINTS.get(first, ()) if re.fullmatch(pattern, name)), "")


def server_of(doi: str) -> str:
    """The preprint server whose DOIs begin like this one; "" where none is known."""
    prefix = doi.partition("/")[0]
    if not any(beginning.startswith(prefix) for beginning in SERVERS):
        return ""
    return next((name for beginning, name in SERVERS.items() if doi.startswith(beginning)), "")
