"""The log of every change: appended, read, followed, undone, and shortened."""
