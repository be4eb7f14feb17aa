#!/usr/bin/env python3
"""Measures small services, pools and batches on the Python that runs it, and prints JSON.

    python3 tests/cpython/services.py > services-3.11.json
    python3 tests/cpython/services.py --only report --repeat 5 --output report.json

Runs on CPython 3.8 and newer with the standard library alone, on Linux and macOS. A full run takes
about half an hour and wants two cores for itself; what else ran meanwhile is in each run's `load`.

Three rules make the figures comparable with a simulation. CPU work is so much CPU time of its
thread, never a stretch of the clock: a thread that loses its core or the GIL still has all of its
work to do, and a core that changes its speed changes nothing. Requests come from another process, on a schedule that nothing in the service can hold up. And a
response time begins at the scheduled arrival, so that a request that couldn't be taken on time
counts what it waited.
"""

import argparse
import asyncio
import concurrent.futures
import functools
import json
import math
import multiprocessing
import os
import platform
import random
import resource
import statistics
import struct
import subprocess
import sys
import sysconfig
import threading
import time

# The clock of all processes: the same in each of them on Linux and macOS.
clock = time.monotonic

MESSAGE = struct.Struct("<d")
"""A request: its scheduled arrival."""

TRANSIT = 0.3
"""Seconds from the start of a schedule's process to its first second."""


# Work


def count(iterations):
    """The plainest Python code: it holds the GIL and looks at the eval breaker with every pass."""
    left = iterations
    while left:
        left -= 1


def compute(seconds):
    """Python for this much of the thread's own CPU time. Reading that clock keeps the GIL."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        count(PIECE)


PIECE = 400
"""Passes between two looks at the CPU time: about 15 us."""


def dumped_for(seconds):
    """Data that `json.dumps` takes this much CPU time for, in one C call that keeps the GIL."""
    row = {"name": "a row", "values": [1, 2, 3], "price": 1.25}
    json.dumps([row] * 20_000)
    before = time.thread_time()
    json.dumps([row] * 20_000)
    took = time.thread_time() - before
    return [row] * int(20_000 * seconds / took)


# What else happened meanwhile


def cpu_times():
    """Busy and stolen seconds of all cores since boot; None where the system doesn't say."""
    try:
        with open("/proc/stat", encoding="ascii") as lines:
            fields = [int(field) for field in lines.readline().split()[1:]]
    except OSError:
        return None
    tick = os.sysconf("SC_CLK_TCK")
    user, nice, system, _idle, _iowait, irq, softirq, steal = fields[:8]
    return (user + nice + system + irq + softirq) / tick, steal / tick


def own_cpu():
    """CPU seconds of this process and of its children that are over."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def with_load(run):
    """A run's figures, with what other programs and the host took of the cores meanwhile."""
    before, own, started = cpu_times(), own_cpu(), clock()
    figures = run()
    after, own, took = cpu_times(), own_cpu() - own, clock() - started
    load = {"average": os.getloadavg()[0]}
    if before and after:
        busy, stolen = (b - a for a, b in zip(before, after))
        load["others_cores"] = max(0.0, busy - own) / took
        load["stolen_cores"] = stolen / took
    return {**figures, "load": load}


# Requests


def schedule(rate, seconds, seed):
    """Arrivals of a Poisson process, in seconds from its start."""
    draw = random.Random(seed)
    at = draw.expovariate(rate)
    while at < seconds:
        yield at
        at += draw.expovariate(rate)


def send(rate, seconds, seed):
    """In a process of its own: writes each request to standard output when it is due."""
    start = clock() + TRANSIT
    for at in schedule(rate, seconds, seed):
        due = start + at
        time.sleep(max(0.0, due - clock()))
        os.write(1, MESSAGE.pack(due))


class Requests:
    """The reading end of a pipe into which another process sends requests."""

    def __init__(self, rate, seconds, seed):
        self.source, sink = os.pipe()
        command = [sys.executable, __file__, "--send", str(rate), str(seconds), str(seed)]
        self.sender = subprocess.Popen(command, stdout=sink)
        os.close(sink)

    def __enter__(self):
        return self.source

    def __exit__(self, *_):
        os.close(self.source)
        self.sender.wait()


def percentile(ordered, share):
    """Nearest rank: the smallest value that so large a share is at most as large as."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def figures_of(responses, cpu, began):
    """Response times in ms, and the CPU time that a request's loop really took."""
    ordered = sorted(responses)
    return {
        "requests": len(ordered),
        "per_s": len(ordered) / (clock() - began),
        "p50_ms": percentile(ordered, 0.50) * 1e3,
        "p99_ms": percentile(ordered, 0.99) * 1e3,
        "mean_ms": statistics.fmean(ordered) * 1e3,
        "max_ms": ordered[-1] * 1e3,
        "cpu_ms": statistics.fmean(cpu) * 1e3,
    }


# Services of threads


def pool(threads, rate, seconds, seed, report=False, interval=0.005):
    """2 ms of Python and a wait of 30 ms for each request, by a pool of threads.

    With `report` one more thread computes all the time.
    """
    responses, cpu, over = [], [], threading.Event()

    def serve(source):
        while True:
            message = os.read(source, MESSAGE.size)
            if not message:
                return
            before = time.thread_time()
            compute(0.002)
            cpu.append(time.thread_time() - before)
            time.sleep(0.030)
            responses.append(clock() - MESSAGE.unpack(message)[0])

    def report_on():
        while not over.is_set():
            compute(0.005)

    usual = sys.getswitchinterval()
    sys.setswitchinterval(interval)
    with Requests(rate, seconds, seed) as source:
        began = clock() + TRANSIT
        workers = [threading.Thread(target=serve, args=(source,)) for _ in range(threads)]
        beside = [threading.Thread(target=report_on)] if report else []
        for thread in workers + beside:
            thread.start()
        for thread in workers:
            thread.join()
        over.set()
        for thread in beside:
            thread.join()
    sys.setswitchinterval(usual)
    return figures_of(responses, cpu, began)


# A service of tasks


def event_loop(blocking, apart, seconds, seed):
    """200 requests a second on one event loop, 1 ms of Python and a sleep of 10 ms for each.

    Once a second something blocks for 25 ms: `json` is `json.dumps`, a C call that keeps the GIL,
    `python` is a loop, `sleep` is a call that lets go of the GIL. `apart` runs it in a thread, as
    `asyncio.to_thread` does.
    """
    responses, cpu, calls_cpu = [], [], []
    data = dumped_for(0.025) if blocking == "json" else None
    calls = {
        "json": lambda: json.dumps(data),
        "python": lambda: compute(0.025),
        "sleep": lambda: time.sleep(0.025),
    }

    def block():
        before = time.thread_time()
        calls[blocking]()
        calls_cpu.append(time.thread_time() - before)

    async def handle(due):
        before = time.thread_time()
        compute(0.001)
        cpu.append(time.thread_time() - before)
        await asyncio.sleep(0.010)
        responses.append(clock() - due)

    async def block_now_and_then():
        while True:
            await asyncio.sleep(1)
            if apart:
                await asyncio.get_running_loop().run_in_executor(None, block)
            else:
                block()

    async def main(source):
        loop, over, tasks = asyncio.get_running_loop(), asyncio.Event(), set()

        def readable():
            messages = os.read(source, MESSAGE.size * 64)
            if not messages:
                loop.remove_reader(source)
                over.set()
            for (due,) in MESSAGE.iter_unpack(messages):
                task = loop.create_task(handle(due))
                tasks.add(task)
                task.add_done_callback(tasks.discard)

        loop.add_reader(source, readable)
        blocker = loop.create_task(block_now_and_then()) if blocking else None
        await over.wait()
        await asyncio.gather(*tasks)
        if blocker:
            blocker.cancel()

    with Requests(200, seconds, seed) as source:
        began = clock() + TRANSIT
        asyncio.run(main(source))
        figures = figures_of(responses, cpu, began)
    if calls_cpu:
        figures["call_cpu_ms"] = statistics.fmean(calls_cpu) * 1e3
    return figures


# Batches and workers


JOBS, JOB_S, POOL = 40, 0.2, 4


def batch(how):
    """40 jobs of 200 ms of Python: seconds from the first to the last, with starting the pool."""
    began = clock()
    if how == "sequential":
        for _ in range(JOBS):
            compute(JOB_S)
    else:
        with executor(how) as workers:
            list(workers.map(compute, [JOB_S] * JOBS))
    return {"seconds": clock() - began}


def executor(how):
    """A pool of four threads, or of four processes by this start method."""
    if how == "threads":
        return concurrent.futures.ThreadPoolExecutor(POOL)
    context = multiprocessing.get_context(how)
    return concurrent.futures.ProcessPoolExecutor(POOL, mp_context=context)


def prefork(workers, seconds):
    """Forked workers, 50 ms of Python and a wait of 50 ms for each job: jobs a second."""
    source, sink = os.pipe()
    start = clock() + 0.2
    children = [fork_worker(sink, start, start + seconds) for _ in range(workers)]
    os.close(sink)
    done = 0
    with os.fdopen(source, "rb") as results:
        done = sum(count for (count,) in MESSAGE.iter_unpack(results.read()))
    for child in children:
        os.waitpid(child, 0)
    return {"per_s": done / seconds}


def fork_worker(sink, start, end):
    """Starts a worker that says how many jobs it has done by the end."""
    child = os.fork()
    if child:
        return child
    done = 0
    time.sleep(max(0.0, start - clock()))
    while True:
        compute(0.050)
        time.sleep(0.050)
        if clock() > end:
            break
        done += 1
    os.write(sink, MESSAGE.pack(done))
    os._exit(0)


# Objects that threads share


def shared(threads, seconds):
    """Threads that touch one object all the time: passes a second of all together.

    Without a GIL they get in each other's way; with one they take turns.
    """
    passes, stop, thing = [], threading.Event(), ("one", "object")

    def touch():
        mine = 0
        while not stop.is_set():
            for _ in range(1000):
                held = thing  # noqa: F841  its reference count goes up and down
                held = None  # noqa: F841
            mine += 1
        passes.append(mine)

    workers = [threading.Thread(target=touch) for _ in range(threads)]
    began = clock()
    for worker in workers:
        worker.start()
    time.sleep(seconds)
    stop.set()
    for worker in workers:
        worker.join()
    return {"per_s": sum(passes) / (clock() - began)}


# The program


def settings(seconds):
    """All settings by family and name: functions of a seed."""
    part = functools.partial
    pools = {f"8 threads, {rate}/s": (8, rate) for rate in (100, 200, 222)}
    pools.update({f"{threads} threads, 333/s": (threads, 333) for threads in (8, 12, 16)})
    reports = [(5, 50), (1, 50), (0.5, 50), (5, 100), (1, 100)]
    loops = {"nothing": (None, False)}
    for blocking in ("json", "python", "sleep"):
        loops.update({f"{blocking}": (blocking, False), f"{blocking} apart": (blocking, True)})
    hows = ("sequential", "threads", *multiprocessing.get_all_start_methods())
    return {
        "pool": {key: part(pool, *args, seconds) for key, args in pools.items()},
        "report": {
            f"{ms:g} ms, {rate}/s": part(
                pool, 8, rate, seconds, report=True, interval=ms / 1e3
            )
            for ms, rate in reports
        },
        "event_loop": {key: part(event_loop, *args, seconds) for key, args in loops.items()},
        "batch": {how: lambda _seed, how=how: batch(how) for how in hows},
        "prefork": {
            str(workers): lambda _seed, workers=workers: prefork(workers, seconds)
            for workers in (1, 2, 4, 8, 16)
        },
        "shared": {
            str(threads): lambda _seed, threads=threads: shared(threads, 2)
            for threads in (1, 2, 4, 8, 16, 40)
        },
    }


def has_gil():
    """Whether this Python has a GIL now."""
    return getattr(sys, "_is_gil_enabled", lambda: True)()


def measure(families, repeat):
    """Every setting once, then every setting again: a drift of the machine touches all alike.

    Yields what was found after each round.
    """
    found = {family: {key: [] for key in runs} for family, runs in families.items()}
    for seed in range(1, repeat + 1):
        for family, runs in families.items():
            for key, run in runs.items():
                result = with_load(lambda run=run: run(seed))
                found[family][key].append(result)
                tell(f"{seed} {family}, {key}", result)
        yield found


def tell(what, result):
    """Says on standard error what a run gave."""
    figures = [f"{name} {value:.4g}" for name, value in result.items() if name != "load"]
    others = result["load"].get("others_cores", float("nan"))
    print(f"{what}: {', '.join(figures)} (others {others:.2f})", file=sys.stderr)


def file_of(cases, seconds):
    """The JSON: what was measured on, and the figures."""
    free = sysconfig.get_config_var("Py_GIL_DISABLED")
    report = {
        "python": platform.python_version(),
        "build": "free-threaded" if free else "default",
        "gil": has_gil(),
        "os": platform.system(),
        "cores": os.cpu_count(),
        "seconds": seconds,
        "cases": cases,
    }
    return json.dumps(rounded(report), indent=1) + "\n"


def rounded(value):
    """Floats to five significant digits: more is noise."""
    if isinstance(value, float):
        return float(f"{value:.5g}")
    if isinstance(value, dict):
        return {key: rounded(inner) for key, inner in value.items()}
    return [rounded(inner) for inner in value] if isinstance(value, list) else value


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", help="families, with commas between them")
    parser.add_argument("--repeat", type=int, default=4, help="runs of each setting, each a seed")
    parser.add_argument("--seconds", type=float, default=20, help="length of a run of a service")
    parser.add_argument("--output", help="a file, written anew after each round of all settings")
    parser.add_argument("--send", nargs=3, type=float, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.send:
        return send(*options.send)
    families = settings(options.seconds)
    if options.only:
        families = {family: families[family] for family in options.only.split(",")}
    elif has_gil():
        del families["shared"]
    text = ""
    for cases in measure(families, options.repeat):
        text = file_of(cases, options.seconds)
        if options.output:
            with open(options.output, "w", encoding="utf-8") as file:
                file.write(text)
    if not options.output:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
