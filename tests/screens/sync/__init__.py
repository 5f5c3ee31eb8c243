"""Tests of the screen: sync."""
