"""litbase: a literature and citation knowledge base for the terminal."""

# A literal: asking importlib.metadata costs 50 ms at every start.
__version__ = "0.1.0"
