"""Why the target recommends an item: its own reasons, their wording, and the claims made of them."""
