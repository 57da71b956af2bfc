"""How a provider's customers are served, in figures with what each was made of."""
