"""Run one program and write down what it cost: `meter.py RESULT LOG PROGRAM …`.

A program of its own, because Linux counts the memory of whoever starts a process as the least that
the process ever had: this one needs next to none. It is started with a bare Python.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time


def main(result: str, log: str, words: list[str]) -> None:
    """Run `words` with its output to `log`; exit code, seconds and memory as JSON to `result`."""
    with open(log, "wb") as printed:  # noqa: PTH123  # pathlib would cost memory
        started = time.perf_counter()
        process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=printed, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
    code = os.waitstatus_to_exitcode(status)
    process.returncode = code  # it was waited for behind its back
    memory = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    found = [code, usage.ru_utime + usage.ru_stime, wall, memory]
    with open(result, "w", encoding="ascii") as file:  # noqa: PTH123  # as above
        json.dump(found, file)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
