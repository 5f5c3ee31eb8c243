"""Messages to customers: ways to send an e-mail, behind one port."""
