"""What others published, beside what follows here."""
