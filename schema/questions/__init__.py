"""One module or package for each question: its GraphQL types and its resolver."""
