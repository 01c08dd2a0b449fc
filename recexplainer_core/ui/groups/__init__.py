"""The screen of several users at once."""
