"""What one run costs: bought, rented, powered."""
