"""Whether the reasons that a rationale gives are the target's real reasons."""
