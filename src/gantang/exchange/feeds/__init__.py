"""What procedures state to everybody: the whole set in force, with an expiry, signed; nobody signs in."""
