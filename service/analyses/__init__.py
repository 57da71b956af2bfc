"""One module or package for each question of the API, named as its GraphQL field."""
