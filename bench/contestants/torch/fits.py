"""Workloads 1 to 3: small fits by gradient descent."""

import torch
import torch.nn.functional as functional
from peerbench import inputs
from peerbench.check_values import six_digits
from peerbench.measure import measure
from peerbench.settings import wants
from torch import nn


def run():
    if wants("linreg3"):
        linreg3()
    if wants("logistic6"):
        logistic6()
    if wants("l1line"):
        l1line()


def fit(workload, variant, steps, train, note=None):
    """Times `train`, which gives the parameters and the last step's loss."""
    result = []

    def once():
        result[:] = train()

    check = lambda: [six_digits(value) for value in result]
    measure(workload, variant, "us", once, per=steps, check=check, budget=4000, note=note)


def linreg3():
    x, y = map(torch.from_numpy, inputs.linreg3())

    def start():
        return torch.zeros(1, requires_grad=True), torch.zeros(1, requires_grad=True)

    def loss(weight, bias, x, y):
        return ((x * weight + bias - y) ** 2).mean()

    def written_out(loss):
        def train():
            weight, bias = start()
            for _ in range(2000):
                cost = loss(weight, bias, x, y)
                weight_gradient, bias_gradient = torch.autograd.grad(cost, (weight, bias))
                with torch.no_grad():
                    weight -= 0.01 * weight_gradient
                    bias -= 0.01 * bias_gradient
            return [weight.item(), bias.item(), cost.item()]

        return train

    def with_optimizer():
        weight, bias = start()
        optimizer = torch.optim.SGD([weight, bias], lr=0.01)
        for _ in range(2000):
            cost = loss(weight, bias, x, y)
            optimizer.zero_grad()
            cost.backward()
            optimizer.step()
        return [weight.item(), bias.item(), cost.item()]

    fit("linreg3", "eager", 2000, written_out(loss))
    fit("linreg3", "eager-optim", 2000, with_optimizer)
    note = "torch.jit.script of the loss (1.13 has no torch.compile)"
    fit("linreg3", "jit", 2000, written_out(scripted_loss), note=note)


@torch.jit.script
def scripted_loss(weight, bias, x, y):
    return ((x * weight + bias - y) ** 2).mean()


def logistic6():
    x, y = map(torch.from_numpy, inputs.logistic6())

    def train():
        weight, bias = torch.zeros(2, requires_grad=True), torch.zeros(1, requires_grad=True)
        for _ in range(1000):
            cost = functional.binary_cross_entropy(torch.sigmoid(x @ weight + bias), y)
            weight_gradient, bias_gradient = torch.autograd.grad(cost, (weight, bias))
            with torch.no_grad():
                weight -= weight_gradient
                bias -= bias_gradient
        return [*weight.tolist(), bias.item(), cost.item()]

    fit("logistic6", "eager", 1000, train)


def l1line():
    x, y = map(torch.from_numpy, inputs.l1line())

    def train():
        model = nn.Linear(1, 1)
        nn.init.constant_(model.weight, 0.1)
        nn.init.zeros_(model.bias)
        optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
        criterion = nn.L1Loss()
        for _ in range(500):
            loss = criterion(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        return [model.weight.item(), model.bias.item(), loss.item()]

    fit("l1line", "eager-optim", 500, train)
