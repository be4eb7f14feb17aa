#!/usr/bin/env python3
"""Measures what CPython's threads do on this machine and prints it as JSON.

Each case is a small program whose answer a simulator of the GIL should predict: ratios, and times
that the switch interval sets. Absolute speeds are there only where nothing else makes sense.

Runs on CPython 3.8 and newer, default and free-threaded builds, with the standard library alone.
What this Python or this system cannot do is null, and `not_measured` says why.

Two rules keep a drifting machine out of the figures. A ratio is taken of two runs made back to
back, several times, and the median of these ratios counts. And nothing is timed from outside of
the threads: a thread reads the clock itself when it starts and ends, so that waking up the thread
that asked is no part of the figure.
"""

import argparse
import contextlib
import hashlib
import itertools
import json
import math
import os
import platform
import socket
import statistics
import subprocess
import sys
import sysconfig
import threading
import time
from typing import Any, Callable, Dict, List, NamedTuple, Optional

# The one clock of this program: monotonic, fine enough on every system, and the same in all
# processes of a machine, which the latencies rely on.
clock = time.perf_counter
clock_ns = time.perf_counter_ns

MIB = 1 << 20


class Plan(NamedTuple):
    """How much is measured."""

    repeat: int
    """Pairs for a ratio, runs for a median."""
    count_s: float
    """What one thread of a CPU-bound case takes."""
    messages: int
    """Messages for one latency."""
    turns_s: float
    """How long threads compete in a case about turns."""
    process_s: float
    """What one process of the case about processes takes."""
    passes: int
    """Waits of a thread in the cases that wait."""
    shared_appends: int
    """Appends of a thread to a list."""


FULL = Plan(
    repeat=5,
    count_s=0.25,
    messages=60,
    turns_s=1.0,
    process_s=1.0,
    passes=20,
    shared_appends=2_000_000,
)
QUICK = Plan(
    repeat=2,
    count_s=0.06,
    messages=15,
    turns_s=0.4,
    process_s=0.15,
    passes=6,
    shared_appends=500_000,
)


class Skip(Exception):
    """Why this Python or this system has no answer to a case."""


class Case(NamedTuple):
    """A named measurement."""

    name: str
    measure: Callable[[Plan], Any]


CASES: Dict[str, Case] = {}


def case(name):
    """Registers a function as the case of that name; cases run in this file's order."""

    def register(measure):
        CASES[name] = Case(name, measure)
        return measure

    return register


# Work


def count(iterations):
    """The plainest Python code: holds the GIL and nothing but the switch interval ends a turn."""
    left = iterations
    while left:
        left -= 1


def nothing():
    """A job that is all overhead."""


def amount_for(seconds, work):
    """The amount for which `work(amount)` takes about that long."""
    amount = 1000
    while True:
        took = timed(lambda: work(amount))
        if took > seconds / 4:
            return max(1, int(amount * seconds / took))
        amount *= 2


_count_rates: Dict[float, int] = {}


def counts_for(seconds):
    """Iterations of `count` that take about that long: found once, then the same in every case."""
    if seconds not in _count_rates:
        _count_rates[seconds] = int(median_of(5, lambda: amount_for(seconds, count)))
    return _count_rates[seconds]


# Measuring


def timed(run):
    """Seconds that `run()` takes."""
    start = clock()
    run()
    return clock() - start


def median_of(times, run):
    """The median of several `run()`."""
    return statistics.median(run() for _ in range(times))


def percentile(ordered, share):
    """The value below which that share of the ordered values lies, by nearest rank."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def run_threads(threads, body):
    """Runs `body(index)` in threads that start together; seconds from first start to last end."""
    gate = threading.Barrier(threads)
    spans = [None] * threads

    def run(index):
        gate.wait()
        start = clock()
        body(index)
        spans[index] = (start, clock())

    workers = [threading.Thread(target=run, args=(index,)) for index in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if None in spans:
        raise RuntimeError("a thread failed")
    return max(end for _, end in spans) - min(start for start, _ in spans)


def ratio(repeat, first, second):
    """The median of `first() / second()`, each pair run back to back.

    Every other pair is run in reverse, so that a steady drift cancels out as well.
    """

    def pair(reverse):
        if reverse:
            below = second()
            return first() / below
        return first() / second()

    return statistics.median(pair(index % 2 == 1) for index in range(repeat))


def speed_ups(repeat, counts, many, one=None):
    """N times the seconds of one over the seconds of N that do N times the work, for each N."""
    alone = one or (lambda: many(1))
    return {n: n * ratio(repeat, alone, lambda n=n: many(n)) for n in counts}


@contextlib.contextmanager
def beside(threads, work):
    """Threads that repeat `work()` while the block runs."""
    done = threading.Event()

    def repeat():
        while not done.is_set():
            work()

    workers = [threading.Thread(target=repeat) for _ in range(threads)]
    for worker in workers:
        worker.start()
    try:
        yield
    finally:
        done.set()
        for worker in workers:
            worker.join()


@contextlib.contextmanager
def switch_interval(seconds):
    """Another switch interval while the block runs; None leaves it as it is."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(seconds or before)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def count_a_while():
    """About half a millisecond of Python: what CPU threads do beside others."""
    count(20_000)


def gil_enabled():
    """Whether there is a GIL right now; free-threaded builds can have it on."""
    return getattr(sys, "_is_gil_enabled", lambda: True)()


def start_methods():
    """The ways to start a process here, each with its multiprocessing context."""
    try:
        import multiprocessing

        # Fails where the system has no semaphores, on which pools and queues are built.
        import multiprocessing.synchronize
    except ImportError as error:
        raise Skip(f"no multiprocessing: {error}") from error
    names = multiprocessing.get_all_start_methods()
    return {name: multiprocessing.get_context(name) for name in names}


# Memory: the first case, because the others leave a heap behind


@case("memory")
def memory(_plan):
    """Proportional set size that one more thread or process adds, in KiB."""
    if not os.path.exists("/proc/self/smaps_rollup"):
        raise Skip("needs /proc/self/smaps_rollup, which Linux has")
    found = {"base_pss_kib": pss_kib("self"), "thread_kib": thread_kib(32)}
    for name, context in start_methods().items():
        found[f"process_{name}_pss_kib"] = process_kib(context)
    return found


def pss_kib(process):
    """What a process holds in memory, pages it shares counted in parts."""
    with open(f"/proc/{process}/smaps_rollup", encoding="ascii") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def thread_kib(threads):
    """What each of these waiting threads adds."""
    release = threading.Event()
    before = pss_kib("self")
    ready = threading.Barrier(threads + 1)

    def wait():
        ready.wait()
        release.wait()

    workers = [threading.Thread(target=wait) for _ in range(threads)]
    for worker in workers:
        worker.start()
    ready.wait()
    time.sleep(0.1)
    after = pss_kib("self")
    release.set()
    for worker in workers:
        worker.join()
    return (after - before) / threads


def process_kib(context):
    """What a process holds that waits for its parent."""
    ours, theirs = context.Pipe()
    worker = context.Process(target=report_and_wait, args=(theirs,))
    worker.start()
    # With our copy closed, a worker that dies ends the wait for it.
    theirs.close()
    try:
        ours.recv()
        return pss_kib(worker.pid)
    finally:
        # Closing our end would not do: a forked child holds a copy of it.
        with contextlib.suppress(OSError):
            ours.send("go on")
        worker.join()


def report_and_wait(pipe):
    """In a child process: says that it runs, then waits until the parent has looked."""
    pipe.send("running")
    pipe.recv()


# Speed-ups


@case("single_thread")
def single_thread(plan):
    """The rate of the plain loop, to compare builds that are run one after the other."""
    iterations = counts_for(plan.count_s)
    seconds = median_of(plan.repeat, lambda: timed(lambda: count(iterations)))
    return {"count_ns_per_iter": 1e9 * seconds / iterations}


@case("cpu_scaling")
def cpu_scaling(plan):
    """Threads that count."""
    iterations = counts_for(plan.count_s)
    found = speed_ups(
        plan.repeat, (1, 2, 4, 8), lambda n: run_threads(n, lambda _: count(iterations))
    )
    return {"by_threads": {n: {"speedup": speed_up} for n, speed_up in found.items()}}


@case("io_scaling")
def io_scaling(plan):
    """Threads that only wait."""
    sleep_s = 0.01

    def wait(_):
        for _ in range(plan.passes):
            time.sleep(sleep_s)

    counts = (1, 2, 4, 8, 16, 32, 64)
    found = speed_ups(plan.repeat, counts, lambda n: run_threads(n, wait))
    return {
        "sleep_s": sleep_s,
        "ops": plan.passes,
        "by_threads": {n: {"speedup": speed_up} for n, speed_up in found.items()},
    }


@case("mixed_scaling")
def mixed_scaling(plan):
    """Threads that compute for some milliseconds, then wait for some."""
    per_ms = counts_for(0.1) / 100

    def mix(cpu_ms, io_ms):
        iterations = int(per_ms * cpu_ms)

        def body(_):
            for _ in range(plan.passes):
                count(iterations)
                time.sleep(io_ms / 1000)

        return speed_ups(plan.repeat, (1, 2, 4, 8, 16), lambda n: run_threads(n, body))

    return {f"{cpu}ms_cpu+{io}ms_io": mix(cpu, io) for cpu, io in ((1, 9), (2, 8), (5, 5))}


@case("native_release")
def native_release(plan):
    """C calls that let go of the GIL, and one that is too short to."""
    big = b"x" * MIB

    def sha256_big(_):
        for _ in range(60):
            hashlib.sha256(big).digest()

    def sha256_small(_):
        # An object of its own for each thread: free-threaded builds would fight for a reference
        # count that is shared.
        small = bytes(bytearray(1024))
        for _ in range(60_000):
            hashlib.sha256(small).digest()

    def scale(body):
        return speed_ups(plan.repeat, (1, 2, 4), lambda n: run_threads(n, body))

    return {
        "sha256_1MiB": scale(sha256_big),
        "zlib_1MiB": zlib_speed_ups(scale, big),
        "sha256_1KiB_holds": scale(sha256_small),
    }


def zlib_speed_ups(scale, data):
    """The speed-ups of compressing, or None: a Python can be built without zlib."""
    try:
        import zlib
    except ImportError:
        return None

    def compress(_):
        for _ in range(12):
            zlib.compress(data, 6)

    return scale(compress)


# Latencies

# Runs as a program of its own. It takes as little of a Python as it can, so that it starts fast
# beside the threads that are busy by then.
SENDER = """
import socket, sys, time
family, address, messages, gap = sys.argv[1:]
if family == "fd":
    out = socket.socket(fileno=int(address))
else:
    out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    out.connect(("127.0.0.1", int(address)))
time.sleep(0.1)
for _ in range(int(messages)):
    time.sleep(float(gap))
    out.send(str(time.perf_counter_ns()).encode())
"""
MESSAGE_GAP_S = 0.02
END = b"end"


def datagram_pair():
    """Two connected datagram sockets: Unix ones where there are any, else on the loopback."""
    if hasattr(socket, "AF_UNIX") and os.name == "posix":
        return socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    receiver.bind(("127.0.0.1", 0))
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sender.connect(receiver.getsockname())
    return receiver, sender


def start_sender(receiver, sender, messages):
    """Starts the process that sends time stamps."""
    if os.name == "posix":
        address, inherited = ("fd", str(sender.fileno())), (sender.fileno(),)
    else:
        address, inherited = ("port", str(receiver.getsockname()[1])), ()
    command = [sys.executable, "-I", "-S", "-c", SENDER, *address, str(messages)]
    return subprocess.Popen(command + [str(MESSAGE_GAP_S)], pass_fds=inherited)


def receive_latencies(receiver):
    """Milliseconds from each stamp to the moment when this thread goes on, up to the end mark.

    The socket blocks and has no timeout: with one, Python would poll first and so let go of the
    GIL twice for a message.
    """
    latencies = []
    while True:
        message = receiver.recv(64)
        now = clock_ns()
        if message == END:
            return latencies
        latencies.append((now - int(message)) / 1e6)


def latency(messages, threads, work=count_a_while, interval=None):
    """How late a thread gets the messages of another process, beside threads that work."""
    receiver, sender = datagram_pair()
    with receiver, sender:
        process = start_sender(receiver, sender, messages)

        def end_with_sender():
            # From here and not from the sender, so that one that dies leaves nobody waiting.
            process.wait()
            sender.send(END)

        watcher = threading.Thread(target=end_with_sender)
        watcher.start()
        with switch_interval(interval), beside(threads, work):
            latencies = sorted(receive_latencies(receiver))
        watcher.join()
    if not latencies:
        raise RuntimeError("the process that sends time stamps sent none")
    return {
        "p50_ms": statistics.median(latencies),
        "p95_ms": percentile(latencies, 0.95),
        "max_ms": latencies[-1],
        "n": len(latencies),
    }


@case("io_latency")
def io_latency(plan):
    """Beside threads that count."""
    return {n: latency(plan.messages, n) for n in (0, 1, 2, 4)}


@case("interval_latency")
def interval_latency(plan):
    """The same with other switch intervals."""

    def at(milliseconds):
        return {n: latency(plan.messages, n, interval=milliseconds / 1000) for n in (1, 2)}

    return {f"{milliseconds}ms": at(milliseconds) for milliseconds in (0.5, 1, 2, 10, 20)}


@case("hold_latency")
def hold_latency(plan):
    """Beside a thread in long C calls, which keep the GIL whatever the switch interval."""
    size = amount_for(0.03, lambda n: sum(range(n)))

    def call():
        sum(range(size))

    call_ms = 1e3 * median_of(5, lambda: timed(call))
    return {
        "call_ms": call_ms,
        "latency": {n: latency(plan.messages, n, work=call) for n in (0, 1)},
    }


@case("convoy")
def convoy(plan):
    """System calls that are over at once, but let go of the GIL each time."""
    out = os.open(os.devnull, os.O_WRONLY)

    def rate(calls):
        write = os.write
        start = clock()
        for _ in range(calls):
            write(out, b"x")
        return calls / (clock() - start)

    # Beside others a call can take a switch interval. Where there is no GIL, few calls would be
    # too short a sample.
    calls = 200 if gil_enabled() else 20_000

    def slowed(threads):
        with beside(threads, count_a_while):
            ops_s = median_of(plan.repeat, lambda: rate(calls))
        return {"ops_s": ops_s, "slowdown": alone / ops_s, "ms_per_op": 1e3 / ops_s}

    try:
        alone = median_of(plan.repeat, lambda: rate(20_000))
        return {"alone_ops_s": alone, "beside": {n: slowed(n) for n in (1, 2)}}
    finally:
        os.close(out)


# Turns

# A thread that reads the clock in a loop sees a gap like this only when it does not run.
TURN_GAP_NS = 200_000


def read_clock(seconds):
    """Reads the clock for that long; start and end of each stretch without a gap."""
    turns = []
    start = last = clock_ns()
    limit = start + int(seconds * 1e9)
    while last < limit:
        now = clock_ns()
        if now - last > TURN_GAP_NS:
            turns.append((start, last))
            start = now
        last = now
    turns.append((start, last))
    return turns


def turns_of(threads, seconds):
    """How long the turns of competing threads are, and what share of the time each gets."""
    turns: List[list] = [[] for _ in range(threads)]

    def body(index):
        turns[index] = read_clock(seconds)

    run_threads(threads, body)
    # A thread's first and last turn are cut off by the start and the end.
    lengths = sorted((end - start) / 1e6 for own in turns for start, end in own[1:-1])
    shares = [sum(end - start for start, end in own) / (seconds * 1e9) for own in turns]

    def rank(share):
        return percentile(lengths, share) if lengths else None

    return {
        "turn_p50_ms": statistics.median(lengths) if lengths else None,
        "turn_p10_ms": rank(0.1),
        "turn_p90_ms": rank(0.9),
        "turns_per_s": round(len(lengths) / seconds),
        "share": [round(share, 3) for share in shares],
    }


@case("handoffs")
def handoffs(plan):
    """Turns at several switch intervals."""
    found = {}
    for milliseconds, threads in itertools.product((5, 1, 20), (2, 3, 4)):
        with switch_interval(milliseconds / 1000):
            found[f"{milliseconds}ms/{threads}thr"] = turns_of(threads, plan.turns_s)
    return found


# What threads share


@case("lock_contention")
def lock_contention(plan):
    """Threads that take one lock for the shortest of bodies."""

    def run(threads):
        lock, box = threading.Lock(), [0]

        def body(_):
            for _ in range(100_000):
                with lock:
                    box[0] += 1

        return run_threads(threads, body)

    # These runs take milliseconds, so chance has a large part and more pairs cost little.
    return {"speedup": speed_ups(4 * plan.repeat, (1, 2, 4), run)}


@case("shared_object")
def shared_object(plan):
    """Threads that append to a list of their own, or all to the same one."""

    def append(items):
        for _ in range(plan.shared_appends):
            items.append(None)

    def own(threads):
        return run_threads(threads, lambda _: append([]))

    def shared(threads):
        items: List[None] = []
        return run_threads(threads, lambda _: append(items))

    return {
        "own": speed_ups(plan.repeat, (1, 2, 4), own),
        "shared": speed_ups(plan.repeat, (1, 2, 4), shared),
    }


# Other ways to do things at the same time


@case("processes")
def processes(plan):
    """Processes that count, started and joined, against the same work in this thread."""
    iterations = counts_for(plan.process_s)
    found: Dict[str, Any] = {
        name: process_figures(context, plan.repeat, iterations)
        for name, context in start_methods().items()
    }
    found["pickle_MBps_list_of_int"] = median_of(plan.repeat, dump_rate)
    return found


def process_figures(context, repeat, iterations):
    """What processes of one start method cost and gain."""

    def run(processes, amount=iterations):
        workers = [context.Process(target=count, args=(amount,)) for _ in range(processes)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

    def inline():
        return timed(lambda: count(iterations))

    # The first one also starts helpers that stay, such as the fork server.
    run(1, amount=1)
    return {
        "start_join_ms": 1e3 * median_of(repeat, lambda: timed(lambda: run(1, amount=1))),
        "inline_s": median_of(3, inline),
        "speedup_vs_inline": speed_ups(
            repeat, (1, 2, 4), lambda n: timed(lambda: run(n)), one=inline
        ),
    }


def dump_rate():
    """MB/s at which a list of numbers is pickled, without the way back."""
    import pickle

    numbers = list(range(MIB))
    start = clock()
    data = pickle.dumps(numbers, protocol=5)
    return len(data) / (clock() - start) / 1e6


@case("pickle")
def pickle_rates(plan):
    """MB of pickled data a second, there and back: what a process pool pays for its arguments."""
    import pickle

    def rate(value):
        start = clock()
        data = pickle.dumps(value, protocol=5)
        pickle.loads(data)
        return len(data) / (clock() - start) / 1e6

    values = {
        "list_of_int_MBps": list(range(1_000_000)),
        "list_of_dict_MBps": [{"id": n, "name": f"item {n}", "ok": True} for n in range(50_000)],
        "bytes_10MB_MBps": os.urandom(10_000_000),
    }
    return {
        name: median_of(2 * plan.repeat, lambda value=value: rate(value))
        for name, value in values.items()
    }


@case("job_dispatch")
def job_dispatch(plan):
    """What it costs to have an empty job done by somebody else."""
    from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

    def start_and_join():
        thread = threading.Thread(target=nothing)
        thread.start()
        thread.join()

    def processes_us():
        try:
            start_methods()
        except Skip:
            return None
        return dispatch_us(plan, ProcessPoolExecutor, 200)

    return {
        "thread_us": dispatch_us(plan, ThreadPoolExecutor, 1000),
        "process_us": processes_us(),
        "thread_start_join_ms": 1e3 * per_call(plan, 100, start_and_join),
    }


def dispatch_us(plan, executor, jobs):
    """Microseconds from handing over an empty job to having its result."""
    with executor(max_workers=1) as pool:
        pool.submit(nothing).result()
        return 1e6 * per_call(plan, jobs, lambda: pool.submit(nothing).result())


def per_call(plan, calls, call):
    """Seconds of one call, the median of several rounds."""

    def one_round():
        for _ in range(calls):
            call()

    return median_of(plan.repeat, lambda: timed(one_round)) / calls


@case("asyncio")
def asyncio_tasks(plan):
    """Tasks that only wait, and what it costs to go from one task to the loop and back."""
    import asyncio

    async def wait():
        for _ in range(plan.passes):
            await asyncio.sleep(0.01)

    async def gather(tasks):
        await asyncio.gather(*(wait() for _ in range(tasks)))

    async def yield_often(times):
        for _ in range(times):
            await asyncio.sleep(0)

    switches = 50_000
    spin = median_of(plan.repeat, lambda: timed(lambda: asyncio.run(yield_often(switches))))
    return {
        "io_speedup": speed_ups(
            plan.repeat, (1, 4, 16, 64, 256), lambda n: timed(lambda: asyncio.run(gather(n)))
        ),
        "task_switch_us": 1e6 * spin / switches,
    }


@case("subinterpreters")
def subinterpreters(plan):
    """Interpreters with a GIL of their own, each in a thread."""
    try:
        from concurrent import interpreters
    except ImportError as error:
        raise Skip("concurrent.interpreters came with Python 3.14") from error
    work = f"left = {counts_for(plan.count_s)}\nwhile left: left -= 1"

    def create():
        start = clock()
        made = interpreters.create()
        took = clock() - start
        made.close()
        return took

    def run(count_of):
        made = [interpreters.create() for _ in range(count_of)]
        try:
            return run_threads(count_of, lambda index: made[index].exec(work))
        finally:
            for interpreter in made:
                interpreter.close()

    return {
        "create_ms": 1e3 * median_of(plan.repeat, create),
        "speedup": speed_ups(plan.repeat, (1, 2, 4), run),
    }


# The program


def cores():
    """Cores that this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count()


def about(plan):
    """What was measured on, and how."""
    return {
        "python": platform.python_version(),
        "gil": gil_enabled(),
        "build": "free-threaded" if sysconfig.get_config_var("Py_GIL_DISABLED") else "default",
        "os": platform.system(),
        "cores": cores(),
        "switch_interval_s": sys.getswitchinterval(),
        "count_iterations": counts_for(plan.count_s),
        "quick": plan.turns_s < FULL.turns_s,
        "repeat": plan.repeat,
    }


def say(line):
    """Progress goes where the figures do not."""
    print(line, file=sys.stderr, flush=True)


def attempt(chosen, plan, not_measured):
    """A case's figures, or None with the reason noted: one case that fails costs no other."""
    try:
        return chosen.measure(plan)
    except Skip as reason:
        not_measured[chosen.name] = str(reason)
    except Exception as error:
        not_measured[chosen.name] = f"failed: {error!r}"
    return None


def measure(cases, plan):
    """Runs the cases one after the other."""
    result = about(plan)
    not_measured: Dict[str, str] = {}
    result["cases"] = {}
    for number, chosen in enumerate(cases, 1):
        start = clock()
        result["cases"][chosen.name] = attempt(chosen, plan, not_measured)
        outcome = not_measured.get(chosen.name, "measured")
        took = clock() - start
        say(f"[{number:2}/{len(cases)}] {chosen.name:16} {took:5.1f} s  {outcome}")
    result["not_measured"] = not_measured
    return result


def chosen_cases(names):
    """The cases of a list with commas; None means all of them."""
    if names is None:
        return list(CASES.values())
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    unknown = [name for name in wanted if name not in CASES]
    if unknown or not wanted:
        raise argparse.ArgumentTypeError(
            f"no case {', '.join(unknown) or names!r}; there are: {', '.join(CASES)}"
        )
    return [each for name, each in CASES.items() if name in wanted]


def at_least_one(text):
    """A count for the command line."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def arguments(words: Optional[List[str]] = None):
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--only", type=chosen_cases, metavar="CASE,CASE", help="only these cases")
    parser.add_argument("--repeat", type=at_least_one, metavar="N", help="pairs for each ratio")
    parser.add_argument("--quick", action="store_true", help="rough figures in under a minute")
    return parser.parse_args(words)


def main():
    """Measures and prints."""
    options = arguments()
    plan = QUICK if options.quick else FULL
    if options.repeat:
        plan = plan._replace(repeat=options.repeat)
    try:
        result = measure(options.only or chosen_cases(None), plan)
    except KeyboardInterrupt:
        say("stopped, nothing is printed")
        return 130
    json.dump(result, sys.stdout, indent=1, allow_nan=False)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
