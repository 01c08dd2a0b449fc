"""Reading any text: what each sentence of a reason claims, whoever wrote it."""
