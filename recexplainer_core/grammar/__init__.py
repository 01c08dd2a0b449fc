"""The clause grammar: rationales worded from fixed clauses, guarded while they are written, and read back."""
