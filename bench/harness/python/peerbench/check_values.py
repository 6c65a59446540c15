"""The few numbers that a contestant prints to prove that it computed the right thing."""

import numpy as np


def six_digits(value):
    return float(f"{float(value):.6g}")


def sum4(array):
    """Four numbers that pin an array down: mean |a| (summed in float64), first, middle, last."""
    a = np.asarray(array).ravel()
    mean = np.abs(a.astype(np.float64)).mean()
    return [six_digits(value) for value in (mean, a[0], a[a.size // 2], a[-1])]
