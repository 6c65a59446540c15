"""PyTorch (Debian's 1.13.1). THREADS=1 limits it to one thread, else it uses all cores."""

import os

import torch

torch.set_num_threads(int(os.environ.get("THREADS") or os.cpu_count()))

import fits
import networks
import arrays
import small
import higher_order

for part in (fits, networks, arrays, small, higher_order):
    part.run()
