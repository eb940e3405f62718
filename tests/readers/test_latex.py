"""LaTeX in BibTeX fields as text."""

import pytest

from litbase.readers import latex


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"{\"o}dipus and {G{\"o}del}", "ödipus and Gödel"),
        (r"Fr\'ed\'eric \v{S}im\'an\'{\i}, \c{c}a, \AA ngstr\"om", "Frédéric Šimání, ça, Ångström"),
        (r"\emph{now} and \textbf{then}, {\it here}", "<i>now</i> and <b>then</b>, <i>here</i>"),
        (r"H$_2$O, x$^{2}$, \textsuperscript{th}", "H<sub>2</sub>O, x<sup>2</sup>, <sup>th</sup>"),
        (r"$\alpha$-endorphin at \(p < .05\)", "α-endorphin at p < .05"),
        ("pages 1--10 --- a ``quoted'' word", "pages 1–10 — a “quoted” word"),
        (r"50\% of \$5, $5 and $10, a \& b, c\_d", "50% of $5, $5 and $10, a & b, c_d"),
        (r"\textless{}i\textgreater{} and \{braces\}", "<i> and {braces}"),
        (r"Stra\ss{}e, \O{}stergaard, \l{}", "Straße, Østergaard, ł"),
        (r"A~hard blank\\and a line", "A hard blank and a line"),
        (r"\textsc{dsm}", '<span style="font-variant:small-caps;">dsm</span>'),
        (r"\unknown{kept} \LaTeX", "kept LaTeX"),
        (r"see \url{http://a.b/c_d} \href{http://x.y}{there}", "see http://a.b/c_d there"),
        ("un}matched {braces", "unmatched braces"),
        ("a-{}-b and '{}'c", "a--b and ''c"),
        ("Plain words, 3 < 4", "Plain words, 3 < 4"),
    ],
)
def test_commands_become_text(written: str, read: str) -> None:
    assert latex.text(written) == read


def test_protected_groups_are_handed_back() -> None:
    assert latex.read(r"The {PTSD} of {Kernberg} and {\"O}sterreich, \emph{Über}").protected == ("PTSD", "Kernberg")


def test_addresses_lose_their_escapes_only() -> None:
    assert latex.verbatim(r"10.1000/x\_y\%2F") == "10.1000/x_y%2F"
    assert latex.verbatim(r"{http://a.b/~c}") == "http://a.b/~c"
