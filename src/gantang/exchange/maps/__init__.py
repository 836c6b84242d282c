"""Maps from our own server: public ground, no people, no sign-in."""
