"""Which of several designs is the best: procedures on arrays of replications, whatever is simulated."""
