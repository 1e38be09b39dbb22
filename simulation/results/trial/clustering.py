from simulation.results.trial.operating import *


def clustering_of(t,o,d): return Clustering(Interval(float("nan"),float("nan"),float("nan")),Interval(float("nan"),float("nan"),float("nan")))
