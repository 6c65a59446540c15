"""Times a function jitted and eager, its result read on the host."""

import jax
import numpy as np
from peerbench.check_values import sum4
from peerbench.measure import measure


def host(tree):
    """Waits for a tree of arrays; on the CPU there is no copy."""
    return jax.tree.map(np.asarray, tree)


def evaluate(workload, unit, f, args, check=sum4, variants=("jit", "eager"), **options):
    for variant in variants:
        run = jax.jit(f) if variant == "jit" else f
        result = [None]

        def once():
            result[0] = host(run(*args))

        measure(workload, variant, unit, once, check=lambda: check(result[0]), **options)
