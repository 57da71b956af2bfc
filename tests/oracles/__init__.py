"""Independent slow implementations to compare the product's answers with."""
