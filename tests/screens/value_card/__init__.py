"""Tests of gift cards and credit at the counter."""
