"""Drivers for what stands on the counter; nothing of ours is imported here."""
