"""What is printed and handed out, as documents free of any printer's commands."""
