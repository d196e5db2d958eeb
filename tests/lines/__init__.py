"""What lines are made of, and each line by a hand sum that does not share its rule."""
