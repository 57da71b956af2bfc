"""One module for each page: what it asks, and the panels that it shows."""
