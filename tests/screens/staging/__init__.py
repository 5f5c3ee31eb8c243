"""Work with parcels on the screen."""
