"""A made-up library with planted variants: works that are the same under another spelling, and works that only look it.

Everything is drawn from a seed. The variants change what records of one work differ in: the case
of the title, a subtitle left out, initials for given names, the year by one, another DOI, an
abbreviated journal, accents lost, a slip of the keys. The look-alikes are what a library of one field
is full of: parts one and two, replies, editions, reviews, chapters called "Introduction".
"""

import random
from collections.abc import Callable
from typing import Any, NamedTuple

Item = dict[str, Any]


def listed(text: str, mark: str) -> tuple[str, ...]:
    return tuple(text.split(mark))


TOPICS = listed(
    "rupture repair attachment shame trust silence play recognition enactment grief anger tenderness holding mourning "
    "supervision listening waiting endings beginnings gender migration racism poverty sleep dreams memory dissociation "
    "mentalizing empathy curiosity witnessing forgiveness power money touch humour boredom envy love hate fear hope",
    " ",
)
SETTINGS = listed(
    "brief therapy|long-term psychotherapy|couples therapy|group work|family practice|rural clinics|primary care|"
    "training|online sessions|inpatient wards|adolescence|later life|early childhood|schools|prisons|hospices|"
    "private practice|community mental health|refugee services|university counselling",
    "|",
)
SHAPES = listed(
    "{A} and {b} in {s}|The role of {a} in {s}|{A} after {b}|Negotiating {a} and {b}|What {a} does for {b}|On {a}|"
    "Toward a theory of {a} in {s}|{A}, {b} and the therapist|From {a} to {b} in {s}|{A} as {b}|Is {a} a form of {b}?",
    "|",
)
SUBTITLES = listed(
    "A relational view|A qualitative study|Clinical and ethical questions|Findings from {n} sessions|An introduction|"
    "Lessons from {s}|Theory and practice|A randomized trial",
    "|",
)
FAMILIES = listed(
    "Albrecht Wilk Oyelaran Lindqvist Haddad Moreau Nwosu Stone Brandt Sato Holm Nilsen Kim O’Hara Fairweather "
    "García Müller Nguyen Novák Smith Jones Patel Chen Ivanova Rossi Silva Kowalska Björk Dubois Okafor Tanaka Levi",
    " ",
)
PARTICLED = ("van der Berg", "de la Cruz", "von Aue", "McAllister", "Smith-Jones", "El-Sayed")
GIVEN = listed(
    "Ines Tomasz Marta Ruth Ada Élise Lea Noor Karl Rui Greta Bo Vera Sam Oona José Jürgen Linh Petr Mary", " "
)
JOURNALS = listed(
    "Journal of Relational Practice|Attachment Studies|Psychotherapy Quarterly|International Review of Group Work|"
    "Studies in Supervision|Clinical Letters|Archives of Counseling Psychology|European Journal of Psychotherapy",
    "|",
)
PRESSES = listed("Example Press|Norton House|Guild Books|Riverside|University Press of Example", "|")
HEADINGS = ("Introduction", "Editorial", "Foreword", "Book reviews", "Conclusion", "Commentary")


class Shelf(NamedTuple):
    """Items, and the pairs of their positions that are the same work."""

    items: list[Item]
    pairs: set[tuple[int, int]]


def shelf(count: int = 2_000, planted: int = 200, seed: int = 7) -> Shelf:
    """As many items as asked for, `planted` of them variants of others, in no order."""
    chance = random.Random(seed)
    items: list[Item] = []
    while len(items) < count - planted:
        new = work(chance, len(items))
        items += [new, *lookalikes(chance, new, len(items) + 1)][: count - planted - len(items)]
    numbered = list(enumerate(items))
    for original, item in chance.sample(numbered, planted):
        numbered.append((original, variant(chance, item)))
    chance.shuffle(numbered)
    places: dict[int, list[int]] = {}
    for place, (original, _) in enumerate(numbered):
        places.setdefault(original, []).append(place)
    return Shelf([item for _, item in numbered], {(held[0], held[1]) for held in places.values() if len(held) > 1})


# ---- works


def work(chance: random.Random, number: int) -> Item:
    """A work nobody wrote: an article, a book or a chapter."""
    first, second = chance.sample(TOPICS, 2)
    where = chance.choice(SETTINGS)
    title = chance.choice(SHAPES).format(A=first.capitalize(), a=first, b=second, s=where)
    if chance.random() < 0.5:
        subtitle = chance.choice(SUBTITLES).format(n=chance.randint(10, 400), s=chance.choice(SETTINGS))
        title += f"{'' if title.endswith('?') else ':'} {subtitle}"
    item: Item = {
        "type": chance.choices(("article-journal", "book", "chapter"), (6, 2, 2))[0],
        "title": title,
        "author": [person(chance) for _ in range(chance.choice((1, 1, 2, 2, 3, 5)))],
        "issued": {"date-parts": [[chance.randint(1970, 2024)]]},
    }
    if chance.random() < 0.04:
        del item["author"]
    return placed(chance, item, number)


def placed(chance: random.Random, item: Item, number: int) -> Item:
    """The item with the place its type has, and a DOI of its own for most."""
    first = chance.randint(1, 800)
    if item["type"] == "article-journal":
        volume = str(chance.randint(1, 60))
        item |= {"container-title": chance.choice(JOURNALS), "volume": volume, "issue": str(chance.randint(1, 6))}
        item["page"] = f"{first}-{first + chance.randint(2, 30)}"
    elif item["type"] == "chapter":
        topic, where = chance.choice(TOPICS), chance.choice(SETTINGS)
        item |= {"container-title": f"Handbook of {topic} in {where}", "page": f"{first}-{first + 15}"}
        item["publisher"] = chance.choice(PRESSES)
    else:
        item["publisher"] = chance.choice(PRESSES)
    if chance.random() < 0.85:
        item["DOI"] = f"10.5555/made.{number}"
    return item


def person(chance: random.Random) -> dict[str, str]:
    family = chance.choice(PARTICLED) if chance.random() < 0.08 else chance.choice(FAMILIES)
    given = chance.choice(GIVEN) + (f" {chance.choice('ABCDEFGHJKLM')}." if chance.random() < 0.5 else "")
    return {"family": family, "given": given}


def year(item: Item) -> int:
    return int(item["issued"]["date-parts"][0][0])


def lookalikes(chance: random.Random, item: Item, number: int) -> list[Item]:
    """Other works that look like one: at times one, mostly none."""
    if chance.random() > 0.25:
        return []
    made = chance.choice((part, reply, edition, heading, namesake, sequel))(chance, item)
    return [placed(chance, made, number)] if made else []


def part(chance: random.Random, item: Item) -> Item:
    """The second part, by the same people in the same year."""
    return {**_bare(item), "title": f"{item['title']}, part {chance.choice(('2', 'II', 'two'))}"}


def reply(chance: random.Random, item: Item) -> Item:
    return {
        **_bare(item),
        "title": f"{item['title']}: A reply to {chance.choice(FAMILIES)}",
        "author": [person(chance)],
    }


def edition(chance: random.Random, item: Item) -> Item:
    """A later edition of a book."""
    later = {"issued": {"date-parts": [[year(item) + chance.randint(4, 12)]]}, "edition": "2"}
    return {**_bare(item), **later} if item["type"] == "book" else {}


def heading(chance: random.Random, item: Item) -> Item:
    """A work called no more than its kind, by the same people."""
    return {**_bare(item), "title": chance.choice(HEADINGS), "type": chance.choice(("article-journal", "chapter"))}


def namesake(chance: random.Random, item: Item) -> Item:
    """The same title by others."""
    return {**_bare(item), "author": [person(chance)], "issued": {"date-parts": [[chance.randint(1970, 2024)]]}}


def sequel(chance: random.Random, item: Item) -> Item:
    """The same people in the same year on a neighbouring question."""
    words = item["title"].split(" ")
    swapped = [chance.choice(TOPICS) if word.lower().strip(":,?") in TOPICS else word for word in words]
    return {**_bare(item), "title": " ".join(swapped)} if swapped != words else {}


def _bare(item: Item) -> Item:
    return {name: item[name] for name in ("type", "title", "author", "issued") if name in item}


# ---- variants


def variant(chance: random.Random, item: Item) -> Item:
    """The same work as another record has it: one to four differences."""
    changes = [change for change in CHANGES if change is not slipped or chance.random() < 0.3]
    for change in chance.sample(changes, chance.choice((1, 2, 2, 3, 4))):
        item = change(chance, item)
    return item


def shouted(chance: random.Random, item: Item) -> Item:
    return {**item, "title": chance.choice((str.upper, str.title, str.lower))(item["title"])}


def shortened(chance: random.Random, item: Item) -> Item:
    """Without the subtitle."""
    for mark in (": ", "? "):
        if mark in item["title"]:
            return {**item, "title": item["title"].partition(mark)[0] + mark.strip(": ")}
    return item


def initialled(chance: random.Random, item: Item) -> Item:
    people = [
        {**one, "given": " ".join(f"{part[0]}." for part in one["given"].split())} for one in item.get("author", [])
    ]
    return {**item, "author": people} if people else item


def redated(chance: random.Random, item: Item) -> Item:
    return {**item, "issued": {"date-parts": [[year(item) + chance.choice((-1, 1))]]}}


def renumbered(chance: random.Random, item: Item) -> Item:
    return {**item, "DOI": f"10.5555/again.{chance.randint(1, 10**9)}"}


def unaccented(chance: random.Random, item: Item) -> Item:
    table = str.maketrans("éíüöáÉñç’", "eiuoaEnc'")
    people = [{part: text.translate(table) for part, text in one.items()} for one in item.get("author", [])]
    return {**item, "author": people} if people else item


def abbreviated(chance: random.Random, item: Item) -> Item:
    if item["type"] != "article-journal":
        return item
    words = [word for word in item["container-title"].split() if word not in ("of", "in")]
    return {**item, "container-title": " ".join(word[:5] for word in words)}


def slipped(chance: random.Random, item: Item) -> Item:
    """Two letters of a long word the wrong way round."""
    words = item["title"].split(" ")
    long = [place for place, word in enumerate(words) if len(word) > 7 and word.isalpha()]
    if not long:
        return item
    place = chance.choice(long)
    word = words[place]
    at = chance.randint(2, len(word) - 3)
    words[place] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return {**item, "title": " ".join(words)}


CHANGES: tuple[Callable[[random.Random, Item], Item], ...] = (
    shouted,
    shortened,
    initialled,
    redated,
    renumbered,
    unaccented,
    abbreviated,
    slipped,
)
