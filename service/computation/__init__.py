"""Where analyses compute: how many at once, in which threads, and for whom."""
