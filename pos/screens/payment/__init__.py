"""Taking the money: cash, card, mixed."""
