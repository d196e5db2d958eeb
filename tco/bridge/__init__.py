"""What moved which figure between two scenarios: change by change, and it adds up."""
