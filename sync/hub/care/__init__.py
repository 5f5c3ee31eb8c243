"""What customers say, and what shops make of it."""
