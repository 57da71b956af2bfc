"""Weak members: who depends on them, what fails with them, who waits for it."""
