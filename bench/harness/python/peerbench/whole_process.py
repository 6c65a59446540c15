"""Workloads 14 and 15 as seen from inside: the twin of whole-process.mjs."""

import json
import os
import re
import resource
import sys
import time

from .settings import quick

mode = sys.argv[1] if len(sys.argv) > 1 else "startup"


def finish_startup(gradient):
    """Prints the gradient of sum(x²) at [1, 2, 3] and ends the process."""
    _print(check=gradient)


def run_steps(step, parameters):
    """Runs 20,000 eager steps of linreg3, prints what `parameters` gives, and ends the process."""
    before = _status("VmRSS")
    start, limit, steps = time.monotonic(), 8 if quick else 60, 0
    while steps < 20_000 and time.monotonic() - start < limit:
        step()
        steps += 1
    _print(check=parameters(), steps=steps, before=before)


def _print(**line):
    print(json.dumps({**line, "peak": _status("VmHWM")}))
    sys.exit()


def _status(field):
    """MiB of resident pages, now (VmRSS) or at most (VmHWM), from Linux's count of this process image."""
    if not os.path.exists("/proc/self/status"):
        # Bytes on macOS, and a peak for both fields.
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    with open("/proc/self/status", encoding="ascii") as file:
        return int(re.search(rf"^{field}:\s+(\d+) kB", file.read(), re.MULTILINE)[1]) / 1024
