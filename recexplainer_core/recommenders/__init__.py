"""The target recommenders: what is explained."""
