"""Barcode scanners keep the promises of their port."""
