"""All .cypher files at once: their form, their columns, their plans, their cost."""
