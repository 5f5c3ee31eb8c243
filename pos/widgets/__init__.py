"""The reusable parts every screen of the till is built from."""
