"""Workloads 14 and 15 with PyTorch."""

import torch
from peerbench.whole_process import finish_startup, mode, run_steps

if mode == "startup":
    point = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    (point * point).sum().backward()
    finish_startup(point.grad.tolist())

x, y = torch.tensor([[1.0], [2], [3]]), torch.tensor([[2.0], [4], [6]])
weight, bias = torch.zeros(1, requires_grad=True), torch.zeros(1, requires_grad=True)


def step():
    cost = ((x * weight + bias - y) ** 2).mean()
    weight_gradient, bias_gradient = torch.autograd.grad(cost, (weight, bias))
    with torch.no_grad():
        weight.sub_(0.01 * weight_gradient)
        bias.sub_(0.01 * bias_gradient)


run_steps(step, lambda: [weight.item(), bias.item()])
