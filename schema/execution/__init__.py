"""A GraphQL request from its text to its JSON."""
