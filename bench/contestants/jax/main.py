"""JAX on the CPU, with optax where a training loop wants an optimiser."""

import os

os.environ.setdefault("JAX_PLATFORMS", "cpu")

import fits
import networks
import arrays
import small
import higher_order

for part in (fits, networks, arrays, small, higher_order):
    part.run()
