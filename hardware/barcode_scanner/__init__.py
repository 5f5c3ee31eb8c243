"""Barcode scanners: keyboard wedge, serial line, and one made of memory."""
