"""The screen "User explorer"."""
