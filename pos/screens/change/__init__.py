"""The change, which notes and coins make it up, and the receipt."""
