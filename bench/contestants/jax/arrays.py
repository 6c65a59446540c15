"""Workloads 6 to 9 and 11: matrix products, large elementwise functions, rows, sums, a convolution."""

import jax
import jax.numpy as jnp
from evaluate import evaluate
from jax import lax
from peerbench import inputs
from peerbench.check_values import six_digits, sum4
from peerbench.measure import gigaflops
from peerbench.settings import wants


def run():
    for n in inputs.matmul_sizes:
        if wants(f"matmul{n}"):
            operands = [jnp.asarray(operand) for operand in inputs.matmul(n)]
            evaluate(f"matmul{n}", "GFLOP/s", jnp.matmul, operands, variants=("jit",), convert=gigaflops(n))

    if wants("elementwise-fwd", "elementwise-grad"):
        x = jnp.asarray(inputs.elementwise())
        f = lambda x: jnp.tanh(x) * x + 1
        evaluate("elementwise-fwd", "ms", f, [x])
        evaluate("elementwise-grad", "ms", jax.grad(lambda x: f(x).sum()), [x])

    if wants("softmax-rows", "logsumexp-grad"):
        rows = jnp.asarray(inputs.rows())
        evaluate("softmax-rows", "ms", lambda x: jax.nn.softmax(x, -1), [rows])
        evaluate("logsumexp-grad", "ms", jax.grad(lambda x: jax.nn.logsumexp(x, -1).sum()), [rows])

    if wants("layernorm-grad"):
        layer_norm()

    if wants("sum-axis0", "sum-axis1", "sum-full"):
        table = jnp.asarray(inputs.sums())
        evaluate("sum-axis0", "ms", lambda x: x.sum(0), [table])
        evaluate("sum-axis1", "ms", lambda x: x.sum(1), [table])
        evaluate("sum-full", "ms", lambda x: x.sum(), [table], lambda value: [six_digits(value)])

    if wants("conv"):
        convolution()


def layer_norm():
    *operands, weight = map(jnp.asarray, inputs.layer_norm())

    def loss(x, scale, shift):
        centred = x - x.mean(-1, keepdims=True)
        variance = (centred**2).mean(-1, keepdims=True)
        return ((centred * lax.rsqrt(variance + 1e-5) * scale + shift) * weight).sum()

    def check(result):
        value, gradients = result
        return [six_digits(value), *(number for gradient in gradients for number in sum4(gradient))]

    evaluate("layernorm-grad", "ms", jax.value_and_grad(loss, (0, 1, 2)), operands, check)


def convolution():
    x, kernel, weight = map(jnp.asarray, inputs.convolution())

    def loss(x, kernel):
        y = lax.conv(x, kernel, (1, 1), "SAME")
        return (y * weight).sum(), y

    def f(x, kernel):
        (_, y), gradients = jax.value_and_grad(loss, (0, 1), has_aux=True)(x, kernel)
        return [y, *gradients]

    check = lambda arrays: [number for array in arrays for number in sum4(array)]
    evaluate("conv", "ms", f, [x, kernel], check)
