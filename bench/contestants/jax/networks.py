"""Workloads 4 and 5: perceptrons."""

import time

import jax
import jax.numpy as jnp
import numpy as np
import optax
from peerbench import inputs
from peerbench.check_values import six_digits
from peerbench.measure import emit, measure
from peerbench.settings import quick, wants

optimizers = {"sgd": optax.sgd(0.1), "adam": optax.adam(1e-3)}


def run():
    for name in optimizers:
        if wants(f"mlp784-{name}"):
            mlp784(name)
    if wants("mnist-epoch"):
        mnist_epoch()


def perceptron(parameters, x):
    for layer in range(0, len(parameters) - 2, 2):
        x = jax.nn.relu(x @ parameters[layer] + parameters[layer + 1])
    return x @ parameters[-2] + parameters[-1]


def loss(parameters, x, labels):
    logits = perceptron(parameters, x)
    return optax.softmax_cross_entropy_with_integer_labels(logits, labels).mean()


def stepper(optimizer):
    def step(parameters, state, x, labels):
        value, gradients = jax.value_and_grad(loss)(parameters, x, labels)
        updates, state = optimizer.update(gradients, state, parameters)
        return optax.apply_updates(parameters, updates), state, value

    return step


def mlp784(name):
    x, labels, parameters = inputs.mlp784()
    x, labels, parameters = jnp.asarray(x), jnp.asarray(labels), [jnp.asarray(p) for p in parameters]
    optimizer = optimizers[name]
    for variant in ("jit", "eager"):
        step = stepper(optimizer)
        run = jax.jit(step) if variant == "jit" else step

        def start():
            state = [parameters, optimizer.init(parameters)]

            def once():
                state[0], state[1], value = run(state[0], state[1], x, labels)
                return float(value)

            return once

        once = start()
        tenth_loss = [once() for _ in range(10)][-1]
        limits = {"at_least": 50, "budget": 4000} if variant == "jit" else {"at_least": 5, "budget": 2000}
        measure(f"mlp784-{name}", variant, "ms", start(), check=lambda: [six_digits(tenth_loss)], **limits)


def mnist_epoch():
    images, labels, test_images, test_labels = inputs.mnist()
    parameters = [jnp.asarray(p) for p in inputs.mnist_parameters()]
    optimizer = optimizers["adam"]
    state = optimizer.init(parameters)
    start = time.perf_counter()
    step = jax.jit(stepper(optimizer)).lower(parameters, state, images[:100], labels[:100]).compile()
    compile_time = time.perf_counter() - start

    steps = 20 if quick else 600
    start = time.perf_counter()
    order = np.random.permutation(60_000)
    for index in range(steps):
        batch = order[index * 100 : (index + 1) * 100]
        parameters, state, _ = step(parameters, state, images[batch], labels[batch])
    jax.block_until_ready(parameters)
    seconds = six_digits((time.perf_counter() - start) * 600 / steps)
    accuracy = float((jnp.argmax(perceptron(parameters, test_images), 1) == test_labels).mean())
    partly = f"; extrapolated from {steps * 100} images; accuracy after those only" if steps < 600 else ""
    emit(
        workload="mnist-epoch",
        variant="jit",
        median=seconds,
        min=seconds,
        unit="s",
        check=[six_digits(accuracy)],
        reps=1,
        note=f"compile {compile_time:.2f} s not included{partly}",
    )
