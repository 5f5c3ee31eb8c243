"""What a sale is: plain Python, without Qt, SQL, files, clock or chance."""
