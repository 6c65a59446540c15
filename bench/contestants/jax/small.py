"""Workload 10: operations on three numbers."""

import jax
import jax.numpy as jnp
from evaluate import evaluate


def run():
    a = jnp.array([1.0, 2.0, 3.0])

    def chain():
        y = jnp.zeros(3)
        for _ in range(1000):
            y = y + a
        return y

    as_list = lambda array: array.tolist()
    evaluate("small-add-chain", "ns", chain, [], as_list, variants=("eager",), per=1000)
    evaluate("small-add-read", "ns", lambda: a + a, [], as_list, variants=("eager",))
    evaluate("small-grad", "us", jax.grad(lambda x: (x * a).sum()), [jnp.ones(3)], as_list)
