"""Writes as callers ask for them, and the log of what they changed."""
