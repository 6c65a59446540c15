"""Workloads 4 and 5: perceptrons."""

import time

import torch
import torch.nn.functional as functional
from peerbench import inputs
from peerbench.check_values import six_digits
from peerbench.measure import emit, measure
from peerbench.settings import quick, wants
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

optimizers = {
    "sgd": lambda parameters: torch.optim.SGD(parameters, lr=0.1),
    "adam": lambda parameters: torch.optim.Adam(parameters, lr=1e-3),
}


def run():
    for name in optimizers:
        if wants(f"mlp784-{name}"):
            mlp784(name)
    if wants("mnist-epoch"):
        mnist_epoch()


def perceptron(parameters):
    layers = []
    for weight, bias in zip(parameters[::2], parameters[1::2]):
        layer = nn.Linear(*weight.shape)
        with torch.no_grad():
            layer.weight.copy_(torch.from_numpy(weight.T.copy()))
            layer.bias.copy_(torch.from_numpy(bias))
        layers += [layer, nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def stepper(model, optimizer):
    def step(x, labels):
        loss = functional.cross_entropy(model(x), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss

    return step


def mlp784(name):
    x, labels, parameters = inputs.mlp784()
    x, labels = torch.from_numpy(x), torch.from_numpy(labels)

    def start():
        model = perceptron(parameters)
        step = stepper(model, optimizers[name](model.parameters()))
        return lambda: step(x, labels).item()

    step = start()
    tenth_loss = [step() for _ in range(10)][-1]
    check = lambda: [six_digits(tenth_loss)]
    measure(f"mlp784-{name}", "eager", "ms", start(), at_least=50, budget=4000, check=check)


def mnist_epoch():
    images, labels, test_images, test_labels = map(torch.from_numpy, inputs.mnist())
    model = perceptron(inputs.mnist_parameters())
    step = stepper(model, optimizers["adam"](model.parameters()))
    torch.manual_seed(0)
    loader = DataLoader(TensorDataset(images, labels), batch_size=100, shuffle=True)
    steps = 20 if quick else 600
    start = time.perf_counter()
    for index, (x, y) in enumerate(loader):
        if index == steps:
            break
        step(x, y)
    seconds = six_digits((time.perf_counter() - start) * 600 / steps)
    with torch.no_grad():
        accuracy = (model(test_images).argmax(1) == test_labels).float().mean().item()
    note = f"extrapolated from {steps * 100} images; accuracy after those only"
    emit(
        workload="mnist-epoch",
        variant="eager",
        median=seconds,
        min=seconds,
        unit="s",
        check=[six_digits(accuracy)],
        reps=1,
        **({"note": note} if steps < 600 else {}),
    )
