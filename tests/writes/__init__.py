"""Tests of writing and of the change log."""
