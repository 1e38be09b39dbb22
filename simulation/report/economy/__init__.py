"""Who pays and who gains, as it is told: the first screen, figures, and what is stored."""
