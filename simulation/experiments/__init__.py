"""Questions put to the model: many replications of a scenario, two scenarios side by side, an effect sought."""
