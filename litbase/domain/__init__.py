"""The nouns of litbase: pure functions and values, standard library only, nothing opened or asked."""
