"""What is said of the best design: the first screen, and what is stored."""
