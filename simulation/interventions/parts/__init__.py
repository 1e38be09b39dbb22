"""What kinds of intervention share. Nothing here is a kind, and nothing here knows one."""
