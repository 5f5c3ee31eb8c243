"""How the shop does with orders that are collected."""
