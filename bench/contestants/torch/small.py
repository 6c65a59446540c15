"""Workload 10: operations on three numbers."""

import torch
from evaluate import evaluate


def run():
    a = torch.tensor([1.0, 2.0, 3.0])
    x = torch.ones(3, requires_grad=True)

    def chain():
        y = torch.zeros(3)
        for _ in range(1000):
            y = y + a
        return y.tolist()

    as_list = lambda array: array.tolist()
    gradient = lambda: torch.autograd.grad((x * a).sum(), x)[0].numpy()
    evaluate("small-add-chain", "ns", chain, list, per=1000)
    evaluate("small-add-read", "ns", lambda: (a + a).numpy(), as_list)
    evaluate("small-grad", "us", gradient, as_list)
