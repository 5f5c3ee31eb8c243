"""One line of the ticket: quantity, price, discount, note, void."""
