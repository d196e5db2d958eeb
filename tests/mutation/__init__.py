"""Wrong rules on purpose: which of them the tests see, line by line."""
