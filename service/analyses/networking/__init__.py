"""One member's own network: how diverse, mutual, regular, fresh and close it is."""
