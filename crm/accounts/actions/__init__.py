"""What users and administrators do with accounts."""
