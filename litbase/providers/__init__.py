"""Where metadata come from: one module a provider, and below them the one way litbase uses the network.

`crossref` is what services use; `works` and `agency` ask Crossref and doi.org for it. `others` is
the door to `doiorg`, `openlibrary`, `arxiv` (which reads `atom`) and `pubmed`, which share a `line`;
all give `outcomes`. `http` carries one exchange, `retry` makes it patient, `limiter` paces it, `strict` reads its JSON,
`causes` puts its failures into plain words, `grammar` lets habanero do Crossref's grammar,
and `patience` holds the clock and the times.
"""

CROSSREF = "Crossref"
"""What Crossref is called in messages."""
