"""Asking somebody else to allow what the operator may not do alone."""
