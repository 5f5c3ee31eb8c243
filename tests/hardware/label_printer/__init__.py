"""Tests of hardware/label_printer."""
