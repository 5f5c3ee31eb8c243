"""The camera screen or panel, used by a person."""
