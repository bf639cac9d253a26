"""A stack over many files: which they are, what becomes of each, and what is told of it."""
