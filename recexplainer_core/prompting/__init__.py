"""The questions of every task, in words."""
