"""Tests of the screen: figures."""
