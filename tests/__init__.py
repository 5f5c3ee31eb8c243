"""Tests of Mostrador; the folders mirror the source."""
