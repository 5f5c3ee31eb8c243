"""Version 1 of the messages; what it says may be added to, never changed."""
