"""Free questions of an analyst, and what of their answers can be checked."""
