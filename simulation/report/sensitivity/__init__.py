"""What is said of the sensitivity of an answer: the first screen, the figure, and what is stored."""
