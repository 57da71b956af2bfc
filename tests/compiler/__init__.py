"""Tests of the compiler from GraphQL to Cypher."""
