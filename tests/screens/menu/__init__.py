"""Tests of the screen: menu."""
