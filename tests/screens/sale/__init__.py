"""Tests of the screen: sale."""
