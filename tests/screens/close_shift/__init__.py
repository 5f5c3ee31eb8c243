"""The close_shift screen or panel, used by a person."""
