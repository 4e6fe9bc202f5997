"""Documents on paper: the final statement and letters, made from what is stored and nothing else."""
