"""Drivers of the devices at a counter, behind small ports; they speak bytes and minor units."""
