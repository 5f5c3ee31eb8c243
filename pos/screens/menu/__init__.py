"""What is behind the cashier's name: people, cash, receipts, language, theme."""
