"""What a team does for its cases beside talks."""
