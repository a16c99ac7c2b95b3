"""How much memory a piece of work takes, measured in a process of its own."""

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

_PROGRAM = r"""
import os, re, resource, subprocess, sys, tempfile
from importlib import import_module
from pathlib import Path
from PIL import Image
from fieldwork.errors import Refused

def attempt(path):
    try:
        work(path)
    except Refused:
        pass

def peak_kb():
    if sys.platform == "linux":  # where ru_maxrss begins with what the parent had
        return int(re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

def now_kb():
    return int(subprocess.run(["ps", "-o", "rss=", "-p", str(os.getpid())], check=True, capture_output=True).stdout)

module, name, path = sys.argv[1:]
work = getattr(import_module(module), name)
with tempfile.TemporaryDirectory() as folder:
    small = Path(folder) / "small"
    Image.new("RGB", (64, 48)).save(small, "JPEG")
    attempt(small)
peak_before, before = peak_kb(), now_kb()
attempt(Path(path))
print((peak_kb() - peak_before) / 1024, (now_kb() - before) / 1024)
"""


class Growth(NamedTuple):
    """By how many MB the memory of a process had grown at most, and was still grown afterwards."""

    peak_mb: float
    kept_mb: float


def growth(module: str, function: str, path: Path) -> Growth:
    """What the function's work on a file takes; what it refuses counts too."""
    command = [sys.executable, "-c", _PROGRAM, module, function, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Growth(*map(float, done.stdout.split()))
