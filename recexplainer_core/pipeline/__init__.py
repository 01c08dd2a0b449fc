"""From data to a bundle, in stages that resume by themselves."""
