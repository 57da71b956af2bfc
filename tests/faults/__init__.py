"""What happens when connections break and processes die in the middle of a write."""
