"""Drivers as the screens see them: off the interface thread, in the till's own terms."""
