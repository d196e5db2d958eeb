"""What the product knows, what a company's own lists lay over it, and how both are listed."""
