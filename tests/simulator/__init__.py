"""R5: two shops and thirty days of bad luck in one process, decided by a seed."""
