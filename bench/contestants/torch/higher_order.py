"""Workloads 12 and 13: a Hessian, per-example gradients, and a recurrence with its gradient."""

import functorch
import torch
import torch.nn.functional as functional
from evaluate import evaluate
from peerbench import inputs
from peerbench.check_values import six_digits, sum4
from peerbench.settings import wants


def run():
    if wants("hessian"):
        hessian()
    if wants("per-example-grad"):
        per_example()
    if wants("scan"):
        recurrence()


def hessian():
    x = torch.from_numpy(inputs.rosenbrock())
    f = lambda x: (100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum()
    by_rows = lambda vectorize: torch.autograd.functional.hessian(f, x, vectorize=vectorize).numpy()
    composed = functorch.hessian(f)
    evaluate("hessian", "ms", lambda: by_rows(False), note="torch.autograd.functional.hessian")
    evaluate("hessian", "ms", lambda: by_rows(True), variant="eager-vectorize", note="vectorize=True")
    evaluate("hessian", "ms", lambda: composed(x).numpy(), variant="eager-functorch")


def per_example():
    x, y, weight = map(torch.from_numpy, inputs.per_example())
    loss = lambda weight, x, y: functional.softplus(-y * (x @ weight))
    gradients = functorch.vmap(functorch.grad(loss), (None, 0, 0))
    run = lambda: gradients(weight, x, y).numpy()
    evaluate("per-example-grad", "ms", run, variant="eager-vmap", note="functorch.vmap(functorch.grad)")


def recurrence():
    weight, x = map(torch.from_numpy, inputs.recurrence())
    leaf = weight.clone().requires_grad_()

    def with_gradient(loss):
        def run():
            value = loss(leaf, x)
            return [value.item(), torch.autograd.grad(value, leaf)[0].numpy()]

        return run

    check = lambda out: [six_digits(out[0]), *sum4(out[1])]
    evaluate("scan", "ms", with_gradient(last_state), check, note="Python loop")
    scripted = with_gradient(scripted_last_state)
    evaluate("scan", "ms", scripted, check, variant="jit", note="torch.jit.script loop")


def last_state(weight, x):
    h = torch.zeros(32)
    for i in range(x.shape[0]):
        h = torch.tanh(weight @ h + x[i])
    return h.sum()


@torch.jit.script
def scripted_last_state(weight: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    h = torch.zeros(32)
    for i in range(x.size(0)):
        h = torch.tanh(weight @ h + x[i])
    return h.sum()
