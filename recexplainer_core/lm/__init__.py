"""Any causal language model: loading, adapters, connector, encoding of prompts, and the loss."""
