"""What may be said: titles, lists of titles and citations, as constraints on the next token."""
