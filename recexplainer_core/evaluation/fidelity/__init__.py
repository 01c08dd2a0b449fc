"""How well the surrogate's predictions agree with the target's."""
