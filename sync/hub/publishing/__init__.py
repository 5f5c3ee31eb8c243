"""What tills are told: numbers of changes, pages of changes, the catalogue."""
