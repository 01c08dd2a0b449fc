"""The pocket LM: a small Llama trained from scratch on text made from one catalogue."""
