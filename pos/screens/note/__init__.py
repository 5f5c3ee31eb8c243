"""What a customer says about a product, noted in one tap."""
