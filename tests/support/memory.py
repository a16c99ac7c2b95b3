"""How much memory a piece of work takes, measured in a process of its own."""

import subprocess
import sys
from pathlib import Path

_PROGRAM = """
import re, resource, sys, tempfile
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from PIL import Image
from fieldwork.errors import Refused

def attempt(path):
    try:
        work(path)
    except Refused:
        pass

def peak_mb():
    if sys.platform == "linux":  # where ru_maxrss begins with what the parent had
        status = Path("/proc/self/status").read_text()
        return int(re.search(r"VmHWM:\\s+(\\d+) kB", status)[1]) / 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20

module, name, path, times = sys.argv[1:]
work = getattr(import_module(module), name)
with tempfile.TemporaryDirectory() as folder:
    small = Path(folder) / "small"
    Image.new("RGB", (64, 48)).save(small, "JPEG")
    attempt(small)
before = peak_mb()
with ThreadPoolExecutor(int(times)) as threads:
    list(threads.map(attempt, [Path(path)] * int(times)))
print(peak_mb() - before)
"""


def peak_growth_mb(module: str, function: str, path: Path, *, at_once: int = 1) -> float:
    """By how many MB the memory grows, at its peak, over the function's work on a file; what it refuses counts too."""
    command = [sys.executable, "-c", _PROGRAM, module, function, str(path), str(at_once)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
