"""Published tables as files: what is read of them, and what is refused in which words."""
