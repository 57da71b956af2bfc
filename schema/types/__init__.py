"""GraphQL types that several questions share."""
