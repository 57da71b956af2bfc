"""Stories that a real browser clicks through, with the errors that it counts."""
