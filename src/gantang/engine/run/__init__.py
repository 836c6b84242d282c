"""The run-time: a case, its steps, and the pure functions that decide and apply them."""
