"""Tests of hardware/receipt_printer."""
