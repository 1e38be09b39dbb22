"""The door of the program by the name under which it is installed: `import jobcentersim`. The same objects as those of
`simulation`, where everything else lies too."""

from simulation import Loaded, best, cba, compare, compare_each, load, rehearse, run, sensitivity, sweep, uncertain

__all__ = [
    "Loaded", "best", "cba", "compare", "compare_each", "load", "rehearse", "run", "sensitivity", "sweep", "uncertain",
]  # fmt: skip
