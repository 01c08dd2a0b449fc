"""The alignment tasks: what each asks, what the target answers, and how the surrogate is measured on it."""
