"""Weak members: who depends on whom, what fails with them, who waits for it."""
