"""A rehearsed trial: what an evaluator reckons from the register of many rehearsals, and how often that is right."""
