"""A study of one's own: `jobcentersim init` writes a folder in which everything works at once."""
