"""Whether a word that no list knows is made of ordinary English.

Lists end; languages do not. "Noncompliance" and "desensitizing" are ordinary because
"compliance" and "sensitize" are, and "thrombocytopenia" because its ending is a doctor's.
What is left over in a Title Case title is, more often than not, a name.
"""

import re
from collections.abc import Container

from litbase.domain.casing.tokens import bag

PREFIXES = bag(
    "anti auto bi bio cardio co counter cross cyber de dis down eco electro endo epi ethno extra fore geo hyper "
    "hypo "
    "il im in infra inter intra ir macro mal mega meta micro mid mini mis mono multi nano neo neuro non over pan "
    "para "
    "peri photo poly post pre pro pseudo psycho quasi radio re retro self semi socio step sub super supra techno "
    "tele "
    "trans tri ultra un under uni up with out off "
)

# Endings, and what to put in their place to reach the word a word is made from ("-" for nothing).
_BY_ENDING: dict[str, list[str]] = {
    ending: ["" if stem == "-" else stem for stem in stems.split(",")]
    for ending, _, stems in (
        entry.partition("=")
        for entry in bag(
            "s=- es=- ies=y ed=-,e ied=y ing=-,e er=-,e ers=-,e or=-,e ors=-,e ly=-,le ily=y ness=- iness=y ment=-,e "
            "ments=-,e able=-,e ible=-,e ability=-,e,able ibility=-,ible ation=-,e,ate ations=-,e ion=-,e ions=-,e "
            "ity=-,e "
            "ities=-,e,ity al=-,e ally=-,al ial=-,e,y ic=-,e,y ical=-,ic,y ism=-,e,y ist=-,e,y ists=-,e,y ize=-,e,y "
            "ise=-,e,y "
            "izing=-,e,y ising=-,e,y ized=-,e,y ised=-,e,y ization=-,e,y isation=-,e,y ful=-,y fully=- less=- ous=-,e,y "
            "ive=-,e,ion ively=-,e,ive y=-,e ish=-,e ship=- ships=- hood=- like=- wise=- est=-,e ier=y iest=y ance=-,e "
            "ence=-,e,ent ant=-,e ent=-,e ency=ent,- ancy=ant,- ary=-,e ative=-,e,ate ward=- wards=- ees=-,e ee=-,e "
        )
    )
}
_LONGEST = max(map(len, _BY_ENDING))

# Endings of learned words, which few names share.
_LEARNED = re.compile(
    r".{2,}(?:"
    + "|".join(
        bag(
            "ability aceous acetate acious adiol aemia afil algia ality amide amine amines aneous antly apine archy "
            "arious "
            "ase ases atory azepam azine azole barbital blastic blasts? caine centric centrism chloride cillin citrate "
            "cultural culture cycline cytes? cytic derma dermal dipine ectomies ectomy edly emia emic ently eous escence "
            "escent fully fulness genesis genetic genetics genic genous gens? globin globulin glycine gram grams graph "
            "graphic graphics graphs hydrate iatric iatrics iatrists? iatry ibility ical ically icidal icide icity "
            "idine "
            "idone ific iform ingly iodide ious isation ism isms istic istically istics ists? itis itory ively iveness "
            "ivity "
            "ization izer izing kinase kinesia kinesis kinetic lalia lessly lessness lexia lexic lysis lytic mab mania "
            "maniac "
            "ment mental ments meter meters metre mnesia mycin ness nesses nitrate normative ocracy ocratic ographic "
            "ographies ography oidal oids? ological ologically ologies ologists? ology olol ometric ometrics ometry "
            "onomic "
            "onomy opathic opathies opathology opathy oplasty oscopic oscopy oses osis ostomy otic otomy ously ousness "
            "oxetine oxide paresis penia peptide peptides philia phobia phobic phone phosphate phrenia phrenic plegia "
            "plegic "
            "praxia prazole protein rrhage rrhagic rrhea rrhoea sartan scope scopes scopies sexual sexuality sexuals "
            "sion "
            "sional sions social somatic sphere spheres spiritual stasis static statin statins steroid steroids sterol "
            "sulfate sulphate terone therapeutic therapies therapist therapists therapy thymia thymic tion tional "
            "tionally "
            "tions tivity tomies tomography triol trophic trophy tropic tropin ularity uous urane uria utory "
        )
    )
    + ")"
)

_SPELLINGS = (
    ("isation", "ization"), ("ise", "ize"), ("ising", "izing"), ("yse", "yze"), ("ysing", "yzing"), ("our", "or"),
    ("aem", "em"), ("oed", "ed"), ("paed", "ped"), ("aes", "es"), ("centre", "center"), ("fibre", "fiber"), ("ll", "l"),
    ("ogue", "og"), ("defence", "defense"), ("practis", "practic"), ("oe", "e"),
)  # fmt: skip

_DOUBLED = re.compile(r"(.)\1")


def is_ordinary(word: str, common: Container[str], depth: int = 2) -> bool:
    """Whether a lower-case word can be taken apart into ordinary words and affixes."""
    if word in common or _LEARNED.fullmatch(word):
        return True
    american = _as_american(word)
    if american != word and is_ordinary(american, common, depth):
        return True
    if depth == 0 or len(word) < 4:
        return False
    return (
        _is_derived(word, common, depth)
        or any(
            word.startswith(prefix)
            and len(word) > len(prefix) + 2
            and is_ordinary(word[len(prefix) :], common, depth - 1)
            for prefix in PREFIXES
        )
        or _is_compound(word, common)
    )


def _as_american(word: str) -> str:
    """A word in American spelling, the one the lists are in."""
    for british, american in _SPELLINGS:
        word = word.replace(british, american)
    return word


def _is_derived(word: str, common: Container[str], depth: int) -> bool:
    for length in range(1, min(_LONGEST, len(word) - 3) + 1):
        replacements = _BY_ENDING.get(word[-length:])
        if replacements is None:
            continue
        stem = word[:-length]
        for ending in replacements:
            if is_ordinary(stem + ending, common, depth - 1):
                return True
        if _DOUBLED.fullmatch(stem[-2:]) and stem[:-1] in common:  # planning, from plan
            return True
    return False


def _is_compound(word: str, common: Container[str]) -> bool:
    """Whether a word is two ordinary words written as one, like "caregiver"."""
    return any(word[:cut] in common and word[cut:] in common for cut in range(3, len(word) - 2))
