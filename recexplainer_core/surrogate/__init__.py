"""The language model that speaks for the target recommender."""
