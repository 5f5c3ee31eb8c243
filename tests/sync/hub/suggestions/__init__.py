"""Tests of what goes together at the hub."""
