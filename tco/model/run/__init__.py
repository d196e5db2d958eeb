"""One run on one fleet: the accelerator, how many of them, and for how long."""
