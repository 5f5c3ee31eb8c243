"""Tests of the screen: parked."""
