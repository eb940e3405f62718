"""Whether a word that no list knows is made of ordinary English.

Lists end; languages do not. "Noncompliance" and "desensitizing" are ordinary because
"compliance" and "sensitize" are, and "thrombocytopenia" because its ending is a doctor's.
What is left over in a Title Case title is, more often than not, a name.
"""

import re
from collections.abc import Container

from litbase.domain.casing.tokens import bag

PREFIXES = bag(
    "anti auto bi bio cardio co counter cross cyber de dis down eco electro endo epi ethno extra fore geo "
    "hyper hypo il im in infra inter intra ir macro mal mega meta micro mid mini mis mono multi nano neo "
    "neuro non over pan para peri photo poly post pre pro pseudo psycho quasi radio re retro self semi socio "
    "step sub super supra techno tele trans tri ultra un under uni up with out off "
)

# Endings, and what to put in their place to reach the word a word is made from ("-" for nothing).
_BY_ENDING: dict[str, list[str]] = {
    ending: ["" if stem == "-" else stem for stem in stems.split(",")]
    for ending, _, stems in (
        entry.partition("=")
        for entry in bag(
            "s=- es=- ies=y ed=-,e ied=y ing=-,e er=-,e ers=-,e or=-,e ors=-,e ly=-,le ily=y ness=- iness=y ment=-,e "
            "ments=-,e able=-,e ible=-,e ability=-,e,able ibility=-,ible ation=-,e,ate ations=-,e ion=-,e ions=-,e "
            "ity=-,e ities=-,e,ity al=-,e ally=-,al ial=-,e,y ic=-,e,y ical=-,ic,y ism=-,e,y ist=-,e,y ists=-,e,y "
            "ize=-,e,y ise=-,e,y izing=-,e,y ising=-,e,y ized=-,e,y ised=-,e,y ization=-,e,y isation=-,e,y ful=-,y "
            "fully=- less=- ous=-,e,y ive=-,e,ion ively=-,e,ive y=-,e ish=-,e ship=- ships=- hood=- like=- wise=- "
            "est=-,e ier=y iest=y ance=-,e ence=-,e,ent ant=-,e ent=-,e ency=ent,- ancy=ant,- ary=-,e ative=-,e,ate "
            "ward=- wards=- ees=-,e ee=-,e "
        )
    )
}
_LONGEST = max(map(len, _BY_ENDING))

# Endings of learned words, which few names share: of abstract nouns and their adjectives, of
# medicine, of chemistry and drugs, of living things and measuring.
_LEARNED = re.compile(
    r".{2,}(?:"
    + "|".join(
        bag(
            "tions? tional tionally sions? sional ments? mental ness nesses ism isms ists? istic istics istically ity "
            "ities ization izer izing ised ising acy acies ancy ency ..able ..ible ..less ..ful fully ously ingly "
            "edly ently antly ively ious uous eous arious acious ...ous ...ive atic etic itic otic ...ural ...oral "
            "..tual ...ical ically ..cial ...tial ..ntal ...inal ...onal ...oidal ific iform escent escence centric "
            "centrism cultural culture social sexual sexuality spiritual ological ologically olog(?:y|ies|ists?) "
            "ograph(?:y|ies|ic) onom(?:y|ic|ical) ocracy ocratic archy therap(?:y|ies|ists?|eutic) graph(?:s|ic|ics)? "
            "grams? phones? scopes? spheres? meters? metre ometr(?:y|ic|ics) tomography ware ...ing ...ated ...ized "
            "...ened opath(?:y|ies|ic|ology) otomy ectom(?:y|ies) ostomy oscop(?:y|ies|ic) oplasty "
            "iatr(?:y|ic|ics|ists?) itis os[ie]s emi[ac] aemi[ac] uria algia phobi[ac] philia phreni[ac] thymi[ac] "
            "plegi[ac] paresis troph(?:y|ic) gene(?:sis|tics?) genic genous ly(?:sis|tic) kine(?:sis|tics?|sia) lalia "
            "lexi[ac] praxia mnesia mania maniac rrh(?:o?ea|ag(?:e|ic)) stasis static penia cyt(?:es?|ic) "
            "blast(?:s|ic)? derma dermal omas? omata cides? cidal virus viruses viral azepam azole oxetine faxine "
            "triptan gliptin gliflozin oxacin vudine tinib ciclib setron profen coxib lukast azine idone apine "
            "statins? mab cillin mycin cycline prazole sartan dipine afil caine barbital olol amines? idine amide "
            "oxide iodide chloride sul(?:f|ph)ide hydrates? phosphates? sul(?:f|ph)ates? acetates? nitrates? "
            "citrates? glycine ases? peptides? proteins? steroids? terone triol globulins? globin sterol gens? tropic "
            "tropin ium o?yl ynes? oids? oidal vorous phytes? pods zoa mycetes? "
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
