"""The cash_office screen or panel, used by a person."""
