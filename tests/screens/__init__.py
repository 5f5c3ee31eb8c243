"""Each screen as a person uses it."""
