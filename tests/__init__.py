"""Tests, one folder per source folder."""
