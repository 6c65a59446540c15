"""Times one workload of a contestant and prints its line: the rules of measure.mjs."""

import json
import math
import time

from . import settings
from .check_values import six_digits

_per_millisecond = {"s": 1e-3, "ms": 1, "us": 1e3, "ns": 1e6}


def measure(workload, variant, unit, run, *, check=None, per=1, convert=None, note=None, **sampling):
    """Times `run` and prints the line; `convert` gives a rate from milliseconds, of which more is better."""
    if not settings.wants(workload):
        return
    try:
        times, sampled = _sample(run, **sampling)
        values = [convert(t) if convert else t * _per_millisecond[unit] / per for t in times]
        notes = "; ".join(part for part in (note, sampled) if part)
        emit(
            workload=workload,
            variant=variant,
            median=six_digits(median(values)),
            min=six_digits(max(values) if convert else min(values)),
            unit=unit,
            check=check() if check else None,
            reps=len(values),
            **({"note": notes} if notes else {}),
        )
    except Exception as problem:
        if settings.trace:
            raise
        not_available(workload, variant, f"{type(problem).__name__}: {problem}"[:160])


def not_available(workload, variant, reason):
    """Prints the line of a workload that this contestant cannot run, with the reason."""
    if settings.wants(workload):
        line = {"median": None, "min": None, "unit": None, "check": None, "note": f"n/a: {reason}"}
        emit(workload=workload, variant=variant, **line)


def emit(**line):
    print(json.dumps({"contestant": settings.contestant, **line}), flush=True)


def gigaflops(n):
    """From milliseconds to GFLOP/s, for the product of two n by n matrices."""
    return lambda milliseconds: 2 * n**3 / milliseconds / 1e6


def median(values):
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _sample(run, at_least=5, budget=1500, warm_up=2, slow=8000):
    if settings.quick:
        budget, slow, at_least = min(budget, 200), min(slow, 1500), min(at_least, 3)
    once = _time(run)
    if once > slow:
        return [once], "1 repetition, cold (slow)"

    start, calls = _now(), 0
    while calls < warm_up or (once < 2 and _now() - start < (50 if settings.quick else 300)):
        once = _time(run)
        calls += 1

    batch = 1 if once >= 2 else min(100_000, math.ceil(2 / max(once, 1e-5)))
    times, start = [], _now()
    while len(times) < at_least or (_now() - start < budget and len(times) < 1000):
        times.append(_time(run, batch))
        if len(times) >= 2 and _now() - start > slow * 2:
            break
    return times, (f"{len(times)} repetitions (slow)" if len(times) < 5 else None)


def _time(run, calls=1):
    start = _now()
    for _ in range(calls):
        run()
    return (_now() - start) / calls


def _now():
    return time.perf_counter() * 1e3
