"""What APA 7 asks of several works at once: their order, letters, and every form of citation in the text.

    works = Works.of(items)
    works.order                                   ids in reference-list order
    works.letters                                 {"safran2000": "a", …}
    works.parenthetical([Cite("stern1985", "45")])    (Stern, 1985, p. 45)
    works.narrative(Cite("stern1985"))                Stern (1985)

Pure functions over the items of one text: nothing is read or kept, and no CSL engine is needed.
"""

from litbase.domain.cite import Cite, parse_cite

from .ids import ids
from .letters import letters
from .order import order
from .works import Works

__all__ = ["Cite", "Works", "ids", "letters", "order", "parse_cite"]
