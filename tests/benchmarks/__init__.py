"""What valuenet costs, against its bounds and its peers: `uv run task bench`."""
