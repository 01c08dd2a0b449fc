"""Where items lie, drawn in the plane: computed once, stamped with what made it, never on a page."""
