"""The rooms behind titles.py: words (the lexicon), tokens, form, evidence, runs and the single word.

tokens     a title cut into words and what stands between them
lexicon    the word lists, compiled for look-ups
evidence   what the abstract of the same work shows about its words
form       whether a title is in sentence case, Title Case or CAPITALS
runs       names of several words: tests, organisations, places
single     one word at a time, when nothing larger has claimed it
kinship    whether an unlisted word is made of ordinary English
"""
