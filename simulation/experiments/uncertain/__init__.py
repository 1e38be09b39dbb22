"""All uncertainty of an answer at once: luck of the simulation, one trial, parameters and assumptions."""
