"""The screen of one item."""
