"""Every mistake a user can make gets a text that helps, and writes nothing."""
