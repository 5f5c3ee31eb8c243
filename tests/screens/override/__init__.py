"""Tests of the screen: override."""
