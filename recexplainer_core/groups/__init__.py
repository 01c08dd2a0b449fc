"""Several users at once: what they are recommended, and why."""
