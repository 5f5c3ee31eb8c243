"""Tests of the screen: readiness."""
