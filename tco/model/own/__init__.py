"""Ownership: a cluster over years, owned or hired, discounted and after tax."""
