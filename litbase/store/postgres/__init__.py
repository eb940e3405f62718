"""A library on a PostgreSQL server, behind the same functions as one in a file."""
