"""What to send next and what an answer means: no socket, no clock, no database."""
