"""What holds for all tests, in whichever process they run."""

from __future__ import annotations

import os

from hypothesis import settings

# One thread each: workers of pytest, and the programs that tests start, share the processors among themselves.
for library in ("OPENBLAS", "OMP", "MKL"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

# How long an example takes says how busy the machine is.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")
