"""Independent slow implementations that the product's answers are held against."""
