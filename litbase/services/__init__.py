"""What litbase does, one verb a file: each takes plain values and returns plain values; none prints."""
