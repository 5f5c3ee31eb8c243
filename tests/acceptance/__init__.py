"""Whole journeys through the shop, in the words of the people in it."""
