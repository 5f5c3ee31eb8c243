"""An ESC/POS printer made of software."""
