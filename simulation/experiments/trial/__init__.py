"""A trial rehearsed: simulated many times, analysed each time as an evaluator would, and held against the truth."""
