"""One item over all users: who is recommended it, and what carries it there."""
