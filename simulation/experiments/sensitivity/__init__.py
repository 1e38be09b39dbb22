"""On which assumption an answer hangs: what is asked, what moves as one, at which points it is simulated, what is
found."""
