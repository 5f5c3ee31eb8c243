"""What commerce platforms offer the hub, behind one port."""
