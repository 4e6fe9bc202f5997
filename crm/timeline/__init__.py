"""Everything that happened at an employer in one line of time, read across all nouns."""
