"""Tests of hardware/cash_drawer."""
