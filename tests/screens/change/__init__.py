"""The change screen or panel, used by a person."""
