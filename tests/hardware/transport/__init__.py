"""Tests of hardware/transport."""
