"""Workloads 12 and 13: a Hessian, per-example gradients, and a recurrence with its gradient."""

import jax
import jax.numpy as jnp
from evaluate import evaluate
from jax import lax
from peerbench import inputs
from peerbench.check_values import six_digits, sum4
from peerbench.settings import wants


def run():
    if wants("hessian"):
        rosenbrock = lambda x: (100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum()
        evaluate("hessian", "ms", jax.hessian(rosenbrock), [jnp.asarray(inputs.rosenbrock())])
    if wants("per-example-grad"):
        x, y, weight = map(jnp.asarray, inputs.per_example())
        loss = lambda weight, x, y: jax.nn.softplus(-y * (x @ weight))
        gradients = jax.vmap(jax.grad(loss), (None, 0, 0))
        evaluate("per-example-grad", "ms", gradients, [weight, x, y], note="vmap(grad)")
    if wants("scan"):
        recurrence()


def recurrence():
    operands = [jnp.asarray(operand) for operand in inputs.recurrence()]

    def last_state(weight, x):
        step = lambda h, row: (jnp.tanh(weight @ h + row), None)
        return lax.scan(step, jnp.zeros(32), x)[0].sum()

    check = lambda result: [six_digits(result[0]), *sum4(result[1])]
    evaluate("scan", "ms", jax.value_and_grad(last_state), operands, check, note="lax.scan")
