"""How the till stands with the central system, and what that changes."""
