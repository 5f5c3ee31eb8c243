"""Tests of the screen: price check."""
