"""What is said of a rehearsed trial: the first screen, figures, what is stored, and the protocol."""
