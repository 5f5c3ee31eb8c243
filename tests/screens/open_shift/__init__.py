"""Tests of the screen: open shift."""
