"""Tests of what an installation is set up with."""
