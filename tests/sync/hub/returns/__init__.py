"""Tests of what came back, at the hub."""
