"""The library on disk: one SQLite file, its schema, its one writer and its readers."""
