#!/usr/bin/env python3
"""Measures what workers take in memory on the Python that runs it, and prints JSON.

    python3 tests/cpython/memory.py > tests/cpython/memory/py3.11.json

Runs on CPython 3.8 and newer, on Linux, with the standard library alone. Everything is PSS, the
proportional set size of /proc/PID/smaps_rollup: a page that four processes share counts a quarter
in each, so that the sum over a tree of processes is what the tree takes. RSS counts it four times.

A parent with a usual set of imports starts 1, 2, 4 and 8 workers by each start method, or as many
threads. Each worker does a little work, says so and waits; then the parent and all its descendants
are added up, a fork server and a resource tracker among them.
"""

import argparse
import concurrent.futures
import functools
import json
import multiprocessing
import os
import platform
import statistics
import sys
import sysconfig
import threading
import time

# What a small service has imported; some of it is used below, the rest is there to be counted.
import asyncio  # noqa: F401
import collections  # noqa: F401
import datetime  # noqa: F401
import email.message  # noqa: F401
import hashlib  # noqa: F401
import http.client  # noqa: F401
import http.server  # noqa: F401
import logging  # noqa: F401
import random  # noqa: F401
import re  # noqa: F401
import socket  # noqa: F401
import sqlite3  # noqa: F401
import ssl  # noqa: F401
import subprocess
import tempfile  # noqa: F401
import urllib.request  # noqa: F401
import uuid  # noqa: F401

COUNTS = (1, 2, 4, 8)


def pss_kib(process):
    """What a process holds, pages that it shares counted in parts; 0 when it is gone."""
    try:
        with open(f"/proc/{process}/smaps_rollup", encoding="ascii") as lines:
            return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0


def tree(root):
    """A process and all its descendants."""
    parents = {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{entry}/stat", encoding="ascii") as stat:
                parents[int(entry)] = int(stat.read().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
    found = [root]
    for process in found:
        found += [child for child, parent in parents.items() if parent == process]
    return found


def total_kib():
    """This process and all below it."""
    return sum(pss_kib(process) for process in tree(os.getpid()))


def work():
    """A little of what a worker does: its own objects, its own pages."""
    return len(json.dumps([{"n": n, "text": str(n)} for n in range(2_000)]))


def work_and_wait(ready, release):
    """A worker: works, says so, waits until it has been looked at."""
    work()
    ready.release()
    release.wait()


def with_processes(method, count):
    """What the tree takes with so many workers."""
    context = multiprocessing.get_context(method)
    ready, release = context.Semaphore(0), context.Event()
    workers = [
        context.Process(target=work_and_wait, args=(ready, release)) for _ in range(count)
    ]
    return while_they_wait(workers, ready, release)


def with_threads(count):
    """What this process takes with so many threads."""
    ready, release = threading.Semaphore(0), threading.Event()
    workers = [
        threading.Thread(target=work_and_wait, args=(ready, release)) for _ in range(count)
    ]
    return while_they_wait(workers, ready, release)


def while_they_wait(workers, ready, release):
    """Starts workers, adds up, lets them go."""
    for worker in workers:
        worker.start()
    for _ in workers:
        ready.acquire()
    time.sleep(0.1)
    found = total_kib()
    release.set()
    for worker in workers:
        worker.join()
    return found


def with_interpreters(count):
    """What this process takes with so many subinterpreters, where this Python can make them."""
    for name in ("_interpreters", "_xxsubinterpreters"):
        try:
            interpreters = __import__(name)
            break
        except ImportError:
            continue
    else:
        return None
    made = [interpreters.create() for _ in range(count)]
    for interpreter in made:
        interpreters.run_string(interpreter, "import json; json.dumps(list(range(2000)))")
    found = total_kib()
    for interpreter in made:
        interpreters.destroy(interpreter)
    return found


def kinds():
    """What is measured, by name: functions of the number of workers."""
    methods = multiprocessing.get_all_start_methods()
    return {
        "plain": lambda _count: total_kib(),
        "threads": with_threads,
        "interpreters": with_interpreters,
        **{method: functools.partial(with_processes, method) for method in methods},
    }


def measured_apart(kind, count):
    """One figure, taken in a fresh process: nothing of an earlier one is left."""
    command = [sys.executable, __file__, "--one", kind, str(count)]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def measure(repeat):
    """KiB of PSS by kind and number of workers: medians, and the lowest and highest."""
    found = {}
    for kind in kinds():
        for count in (0,) if kind == "plain" else COUNTS:
            runs = [measured_apart(kind, count) for _ in range(repeat)]
            if None in runs:
                break
            figures = {"median": statistics.median(runs), "low": min(runs), "high": max(runs)}
            found.setdefault(kind, {})[str(count)] = figures
            print(f"{kind}, {count}: {figures['median'] / 1024:.1f} MiB", file=sys.stderr)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeat", type=int, default=5, help="fresh processes for each figure")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        kind, count = options.one
        print(json.dumps(kinds()[kind](int(count))))
        return
    if not os.path.exists("/proc/self/smaps_rollup"):
        sys.exit("memory.py needs /proc/self/smaps_rollup, which Linux has")
    free = sysconfig.get_config_var("Py_GIL_DISABLED")
    report = {
        "python": platform.python_version(),
        "build": "free-threaded" if free else "default",
        "os": platform.system(),
        "unit": "KiB of PSS, the whole tree of processes",
        "pss_kib": measure(options.repeat),
    }
    json.dump(report, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
