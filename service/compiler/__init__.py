"""Selections as Cypher: filters, orders, aggregates. Names come from the vocabulary."""
