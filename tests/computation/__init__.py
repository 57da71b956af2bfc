"""Tests of how many compute at once, in which threads, and for whom."""
