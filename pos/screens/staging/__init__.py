"""Parcels: received, put on shelves, taken back to stock."""
