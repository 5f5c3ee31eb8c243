"""The demo shop: its data, its processes, and a day played through the real window."""
