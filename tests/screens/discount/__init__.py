"""Tests of the screen: discount."""
