"""Tests of the screen: line edit."""
