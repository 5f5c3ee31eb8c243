"""Tests of the screen: search."""
