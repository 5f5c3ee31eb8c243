"""Photos of goods that come back: taken while they do, seen again with the receipt."""
