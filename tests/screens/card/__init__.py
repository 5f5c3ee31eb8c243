"""The card screen or panel, used by a person."""
