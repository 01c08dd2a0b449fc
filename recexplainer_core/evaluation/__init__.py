"""How well the language model mimics the target, measured on users it has never seen."""
