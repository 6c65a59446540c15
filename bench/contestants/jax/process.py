"""Workloads 14 and 15 with JAX, nothing jitted by hand."""

import os

os.environ.setdefault("JAX_PLATFORMS", "cpu")

import jax
import jax.numpy as jnp
from peerbench.whole_process import finish_startup, mode, run_steps

if mode == "startup":
    finish_startup(jax.grad(lambda x: (x * x).sum())(jnp.array([1.0, 2, 3])).tolist())

x, y = jnp.array([[1.0], [2], [3]]), jnp.array([[2.0], [4], [6]])
gradient = jax.grad(lambda p: jnp.mean((x * p["W"] + p["b"] - y) ** 2))
parameters = {"W": jnp.zeros(1), "b": jnp.zeros(1)}


def step():
    global parameters
    parameters = jax.tree.map(lambda p, g: p - 0.01 * g, parameters, gradient(parameters))


run_steps(step, lambda: [float(parameters["W"][0]), float(parameters["b"][0])])
