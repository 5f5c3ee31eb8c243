"""Ways to carry bytes to a device."""
