"""The change log: appending, reading, following, undoing and retention."""
