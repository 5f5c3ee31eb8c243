"""Photos of goods that come back, taken and seen by a person."""
