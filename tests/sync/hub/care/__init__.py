"""Tests of what customers say, at the hub."""
