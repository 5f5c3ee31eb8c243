"""A discount on a line or on the whole ticket."""
