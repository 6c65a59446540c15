"""Workloads 1 to 3, three ways: eager, jit of one step, and the whole loop in one jitted lax.scan."""

import jax
import jax.numpy as jnp
from evaluate import host
from jax import lax
from peerbench import inputs
from peerbench.check_values import six_digits
from peerbench.measure import measure
from peerbench.settings import wants


def run():
    if wants("linreg3"):
        x, y = map(jnp.asarray, inputs.linreg3())
        loss = lambda p: jnp.mean((x * p["W"] + p["b"] - y) ** 2)
        fit("linreg3", loss, {"W": jnp.zeros(1), "b": jnp.zeros(1)}, 0.01, 2000)
    if wants("logistic6"):
        logistic6()
    if wants("l1line"):
        points, targets = map(jnp.asarray, inputs.l1line())
        loss = lambda p: jnp.mean(jnp.abs(points @ p["W"] + p["b"] - targets))
        fit("l1line", loss, {"W": jnp.full((1, 1), 0.1), "b": jnp.zeros(1)}, 0.01, 500)


def logistic6():
    x, y = map(jnp.asarray, inputs.logistic6())

    def loss(parameters):
        p = jax.nn.sigmoid(x @ parameters["W"] + parameters["b"])
        return -jnp.mean(y * jnp.log(p) + (1 - y) * jnp.log(1 - p))

    fit("logistic6", loss, {"W": jnp.zeros(2), "b": jnp.zeros(1)}, 1.0, 1000)


def fit(workload, loss, start, learning_rate, steps):
    value_and_grad = jax.value_and_grad(loss)

    def step(parameters):
        value, gradients = value_and_grad(parameters)
        return jax.tree.map(lambda p, g: p - learning_rate * g, parameters, gradients), value

    @jax.jit
    def whole(parameters):
        parameters, values = lax.scan(lambda p, _: step(p), parameters, None, length=steps)
        return parameters, values[-1]

    def loop(step, count):
        def train():
            parameters = start
            for _ in range(count):
                parameters, value = step(parameters)
            return parameters, value

        return train

    def timed(variant, train, count, **options):
        result = []

        def once():
            parameters, value = host(train())
            result[:] = [*parameters["W"].ravel(), *parameters["b"], value]

        check = (lambda: [six_digits(value) for value in result]) if count == steps else None
        measure(workload, variant, "us", once, per=count, check=check, **options)

    eager_steps = 200
    note = f"{eager_steps} of {steps} steps, so no final check"
    timed("eager", loop(step, eager_steps), eager_steps, note=note, budget=3000)
    timed("jit", loop(jax.jit(step), steps), steps, budget=2500)
    timed("scan", lambda: whole(start), steps, note="whole loop in one jitted lax.scan")
