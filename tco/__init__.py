"""tco: what would it cost to train it, and should we buy or rent?"""

__version__ = "0.11.1"
