"""What the camera sees, with the codes it found outlined."""
