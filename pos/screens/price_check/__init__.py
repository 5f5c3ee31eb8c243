"""What a product costs and how many there are, without selling it."""
