"""What run.mjs tells a contestant, through the environment."""

import os
import re
import tempfile

contestant = os.environ.get("CONTESTANT", "unnamed")
quick = os.environ.get("QUICK") == "1"
trace = bool(os.environ.get("TRACE"))
peer_directory = os.environ.get("PEER_DIR") or os.path.join(tempfile.gettempdir(), "peer-bench")

_only = re.compile(os.environ["ONLY"]) if os.environ.get("ONLY") else None


def wants(*workloads):
    """Whether this run includes any of some workloads."""
    return _only is None or any(_only.search(workload) for workload in workloads)
