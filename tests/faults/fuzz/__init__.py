"""Fuzzing of every way in: files, variables, documents and HTTP, by mutated samples."""
