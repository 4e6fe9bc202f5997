"""One archive that holds the whole installation, and the way back."""
