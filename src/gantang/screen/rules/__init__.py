"""What is computed here, as pure functions: the stock, what is too small to show, steps of colour."""
