"""Tests of hardware/payment_terminal."""
