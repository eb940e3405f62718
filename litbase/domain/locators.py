"""CSL's labels for places in a work, and how people write them.

Source: CSL 1.0.2, appendix IV, "Locators".
"""

_WRITTEN = {
    "page": "pages page pp pg p",
    "paragraph": "paragraphs paragraph paras para pars par ¶¶ ¶",
    "chapter": "chapters chapter chaps chap chs ch",
    "section": "sections section secs sec §§ §",
    "figure": "figures figure figs fig",
    "table": "tables table tbl",
    "slide": "slides slide",
    "volume": "volumes volume vols vol",
    "part": "parts part pts pt",
    "book": "books book bks bk",
    "appendix": "appendices appendixes appendix apps app",
    "column": "columns column cols col",
    "line": "lines line ll l",
    "verse": "verses verse vv v",
    "note": "notes note nn n",
    "footnote": "footnotes footnote fn",
    "act": "acts act",
    "scene": "scenes scene",
    "equation": "equations equation eqs eq",
    "folio": "folios folio fols fol",
    "issue": "issues issue nos no",
    "supplement": "supplements supplement suppls suppl",
    "rule": "rules rule",
    "canon": "canons canon",
    "surah": "surahs surah",
    "opus": "opus opp op",
    "article-locator": "articles article arts art",
    "sub-verbo": "s.vv s.v",
    "timestamp": "timestamps timestamp",
}
# Every way of writing, in lower case, to CSL's label.
LABELS = {word: label for label, words in _WRITTEN.items() for word in words.split()}
