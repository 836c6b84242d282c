"""Files from outside, bent and broken."""
