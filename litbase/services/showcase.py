"""What `litbase demo` shows: the user's own work, from a draft's sources to its reference list, in eight commands."""

import shlex
from typing import NamedTuple


class Step(NamedTuple):
    """One command of the demo, as it is typed, and what it is for."""

    about: str
    line: str

    @property
    def words(self) -> list[str]:
        """The command's words, without `litbase` itself."""
        return shlex.split(self.line)[1:]


STEPS = (
    Step(
        "Add four works on repair, from the bundled shelf so that no network is needed",
        "litbase add 10.4324/9781315723709 https://doi.org/10.1037/PST0000185 doi:10.1037/a0022140 "
        "10.1037/0003-066x.44.2.112 --concept repair --offline",
    ),
    Step(
        "Add two more, under attachment; a link pasted from the address bar will do",
        "litbase add https://onlinelibrary.wiley.com/doi/10.1111/j.1939-0025.1982.tb01456.x "
        "'https://doi.org/10.1002/1097-0355(200101/04)22:1%3C7::AID-IMHJ2%3E3.0.CO;2-N' --concept attachment --offline",
    ),
    Step(
        "Keep a note; it is private unless you say otherwise",
        'litbase note add tronick1989 --page 112 "Mending after mismatch, as babies show it: open the post with this."',
    ),
    Step("Tag a source with another concept; an alias will do", 'litbase tag deyoung2015 "relational therapy"'),
    Step("Find everything on repair, your notes included", "litbase search repair"),
    Step("Cite, in parentheses and in a sentence", "litbase cite deyoung2015 eubanks2018 'tronick1989@p. 112'"),
    Step("", "litbase cite eubanks2018 --narrative"),
    Step("And the reference list in APA 7, ready to paste", "litbase refs --concept repair"),
)
