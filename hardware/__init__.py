"""Drivers for the devices at a counter, each behind a small port; they speak bytes and minor units."""
