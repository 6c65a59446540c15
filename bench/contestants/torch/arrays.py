"""Workloads 6 to 9 and 11: matrix products, large elementwise functions, rows, sums, a convolution."""

import torch
import torch.nn.functional as functional
from evaluate import evaluate, gradients_of
from peerbench import inputs
from peerbench.check_values import six_digits, sum4
from peerbench.measure import gigaflops
from peerbench.settings import wants

first = lambda gradients: sum4(gradients[0])


def run():
    for n in inputs.matmul_sizes:
        if wants(f"matmul{n}"):
            a, b = map(torch.from_numpy, inputs.matmul(n))
            evaluate(f"matmul{n}", "GFLOP/s", lambda: (a @ b).numpy(), convert=gigaflops(n))

    if wants("elementwise-fwd", "elementwise-grad"):
        x = torch.from_numpy(inputs.elementwise())
        f = lambda x: torch.tanh(x) * x + 1
        evaluate("elementwise-fwd", "ms", lambda: f(x).numpy())
        evaluate("elementwise-grad", "ms", gradients_of(lambda x: f(x).sum(), x), first)

    if wants("softmax-rows", "logsumexp-grad"):
        rows = torch.from_numpy(inputs.rows())
        evaluate("softmax-rows", "ms", lambda: torch.softmax(rows, -1).numpy())
        gradient = gradients_of(lambda x: torch.logsumexp(x, -1).sum(), rows)
        evaluate("logsumexp-grad", "ms", gradient, first)

    if wants("layernorm-grad"):
        layer_norm()

    if wants("sum-axis0", "sum-axis1", "sum-full"):
        table = torch.from_numpy(inputs.sums())
        evaluate("sum-axis0", "ms", lambda: table.sum(0).numpy())
        evaluate("sum-axis1", "ms", lambda: table.sum(1).numpy())
        evaluate("sum-full", "ms", lambda: table.sum().item(), lambda value: [six_digits(value)])

    if wants("conv"):
        convolution()


def layer_norm():
    *operands, weight = map(torch.from_numpy, inputs.layer_norm())
    x, scale, shift = leaves = [operand.clone().requires_grad_() for operand in operands]

    def f():
        loss = (functional.layer_norm(x, (1024,), scale, shift, 1e-5) * weight).sum()
        return [loss.item(), *(gradient.numpy() for gradient in torch.autograd.grad(loss, leaves))]

    check = lambda out: [six_digits(out[0]), *(value for gradient in out[1:] for value in sum4(gradient))]
    evaluate("layernorm-grad", "ms", f, check)


def convolution():
    x, kernel, weight = map(torch.from_numpy, inputs.convolution())
    leaves = [x.clone().requires_grad_(), kernel.clone().requires_grad_()]

    def f():
        y = functional.conv2d(*leaves, padding=1)
        gradients = torch.autograd.grad((y * weight).sum(), leaves)
        return [y.detach().numpy(), *(gradient.numpy() for gradient in gradients)]

    evaluate("conv", "ms", f, lambda out: [value for array in out for value in sum4(array)])
