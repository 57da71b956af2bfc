"""How an organisation's innovation is spread, and how open it is."""
