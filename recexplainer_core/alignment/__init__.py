"""Teaching a language model to speak for the target."""
