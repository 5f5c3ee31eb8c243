"""Tests of pos/devices."""
