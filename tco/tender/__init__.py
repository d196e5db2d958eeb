"""Tendering: requests to vendors go out, their answers come back, and lie side by side."""
