"""Who can introduce a start-up to whom, over which ties, with what chance."""
