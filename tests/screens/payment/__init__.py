"""The payment screen or panel, used by a person."""
