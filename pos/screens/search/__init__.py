"""Finding a product by name, brand or code as one types."""
