"""Tests of the screen: link."""
