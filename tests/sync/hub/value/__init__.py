"""Tests of gift cards and store credit at the hub."""
