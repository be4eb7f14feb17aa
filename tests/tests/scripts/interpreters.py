#!/usr/bin/env python3
"""Does what a scenario of the GIL Playground says, for real, and measures it.

    v1/py=3.14/count:4:py-50ms:jobs-20:interp

The scenario is about Python 3.14: run it on that, if you can.

Needs CPython 3.8 or later and nothing else. Figures go to standard output as JSON;
--help has the options.
"""

import argparse
import dis
import json
import math
import os
import platform
import statistics
import sys
import tempfile
import threading
import time
import types
import typing

try:
    import resource
except ImportError:  # on Windows
    resource = None

MS = 1e-3
SCENARIO = "v1/py=3.14/count:4:py-50ms:jobs-20:interp"
SEED = 1
clock = time.perf_counter_ns  # the same clock in all processes of a machine

RUN = types.SimpleNamespace()
"""What is known before the start: the seed, the scale, how fast this machine works."""


# The work. Each function does a number of units; calibrate() finds out how many make a second of
# CPU time. So a thread that has to wait for the GIL still has all of its work to do.


def count(units):
    """Python bytecode: holds the GIL, and looks at the eval breaker with every jump back."""
    while units:
        units -= 1


def rate(work, units):
    """How many units of some work a second of CPU time has: the median of five tries."""
    enough = max(0.01, 20 * time.get_clock_info("thread_time").resolution)
    rates = []
    while len(rates) < 5:
        start = time.thread_time()
        work(units)
        took = time.thread_time() - start
        if took >= enough:
            rates.append(units / took)
        else:
            units *= 2
    return statistics.median(rates)


def calibrate():
    """Finds out how fast this machine does each kind of work."""
    say("calibrating")
    RUN.counts = rate(count, 10_000)


# Measuring: each thread notes what it reads off the clock, and asks the system about itself.


APART = 100_000
"""Nanoseconds between two readings of the clock from which on a thread must have been off."""


class Recorder:
    """What a thread notes about itself. It is made in that thread."""

    def __init__(self, group, name):
        self.group = group
        self.name = name
        self.turns = []
        self.turn = None
        self.spans = []
        self.cpu = time.thread_time_ns()
        self.switches = context_switches()

    def note(self, kind, start, end):
        """Notes what the thread did between two readings of the clock."""
        if kind not in ("python", "holding"):
            self.end_turn()
        elif self.turn and start - self.turn[1] < APART:
            self.turn[1] = end
        else:
            self.end_turn()
            self.turn = [start, end]
        if RUN.record:
            self.note_span(kind, start, end)

    def note_span(self, kind, start, end):
        last = self.spans[-1] if self.spans else [0, 0, None]
        if kind == last[2] == "python" and start - last[1] < APART:
            last[1] = end
        else:
            self.spans.append([start, end, kind])

    def end_turn(self):
        """The thread lets go of the GIL, or has lost it."""
        if self.turn:
            self.turns.append(self.turn[1] - self.turn[0])
        self.turn = None

    def report(self, members):
        """All that was noted, as plain data that can go from process to process."""
        self.end_turn()
        return {
            "group": self.group.name,
            "name": self.name,
            "cpu": time.thread_time_ns() - self.cpu,
            "turns": self.turns,
            "spans": self.spans,
            "switches": [now - then for now, then in zip(context_switches(), self.switches)],
            "passes": [took for member in members for took in member.passes],
        }


def context_switches():
    """How often this thread gave up its core, and how often it lost it; nothing but on Linux."""
    if not hasattr(resource, "RUSAGE_THREAD"):
        return []
    usage = resource.getrusage(resource.RUSAGE_THREAD)
    return [usage.ru_nvcsw, usage.ru_nivcsw]


def peak_memory():
    """The most memory that this process has had, in bytes; None on Windows."""
    if resource is None:
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


class Member:
    """One of a group: what it does in a pass, and how long its passes took."""

    def __init__(self, group, number, thread):
        self.thread = thread
        self.passes = []

    def note_pass(self, begun, scheduled):
        """Notes the end of a pass. Who asked for it has waited since the time it was scheduled."""
        now = clock()
        self.passes.append(now - begun)

    def python(self, seconds):
        """Runs bytecode for this much CPU time."""
        self.in_pieces(count, seconds, RUN.counts)

    def in_pieces(self, work, seconds, rate):
        """Does some work with a look at the clock about every 50 us."""
        units, piece = round(seconds * rate), round(50e-6 * rate)
        now = clock()
        while units > 0:
            start = now
            work(min(units, piece))
            units -= piece
            now = clock()
            # If it took much longer, others ran first, and only the end of it is this thread's.
            self.thread.note("python", start if now - start < APART else now - 50_000, now)


class Group(typing.NamedTuple):
    """Threads, tasks or processes that all do the same."""

    name: str
    members: int
    do: typing.Callable
    run: typing.Callable
    strategy: str
    passes: typing.Callable
    entries: typing.Callable = None

    def member_name(self, index):
        """The name of a member: the group's, with a number where it has several."""
        return f"{self.name}-{index + 1}" if self.members > 1 else self.name


# What makes a group's members go on: a pass for each thing that these yield. For a request it is
# the time for which it was scheduled.


QUEUES = {}
"""The queue of each group that has one, by the group's number."""


def from_queue(number):
    """A pass for each entry of the group's queue, which ends with a None for each member."""
    return iter(QUEUES[number].get, None)


def jobs(number):
    """This many jobs, all there from the start."""
    return lambda _: [0] * scaled(number)


def scaled(number):
    """More or less of it, as --scale says, but at least 1."""
    return max(1, round(number * RUN.scale))


# What runs a group's members: each of these starts them, and returns the threads to wait for.


def work(number, indices):
    """The life of a thread that is these members of a group: their passes, and a report."""
    group = GROUPS[number]
    thread = Recorder(group, group.member_name(indices[0]))
    members = [Member(group, index, thread) for index in indices]
    for member in members:
        for scheduled in group.passes(number):
            begun = clock()
            group.do(member)
            member.note_pass(begun, scheduled)
    return thread.report(members)


class Background(threading.Thread):
    """A thread to wait for. It ends with a report."""

    def __init__(self, life, *args):
        super().__init__(daemon=True)
        self.life, self.args, self.report = life, args, None
        self.start()

    def run(self):
        self.report = self.life(*self.args)


def in_interpreters(number):
    """Each member in a thread that has an interpreter, and so a GIL, of its own."""
    reader, writer = os.pipe()
    threading.Thread(target=fill, args=(number, PipeQueue(writer)), daemon=True).start()
    members = range(GROUPS[number].members)
    return [Background(work_in_interpreter, number, index, reader) for index in members]


def work_in_interpreter(number, index, entries):
    """The life of a thread with an interpreter: runs this file there, and takes the report."""
    file = os.path.join(RUN.folder, f"{number}-{index}.json")
    plain = vars(RUN)
    run_in_interpreter(
        f"import json, runpy\n"
        f"script = runpy.run_path({os.path.abspath(__file__)!r})\n"
        f"vars(script['RUN']).update({plain!r})\n"
        f"script['QUEUES'][{number}] = script['PipeQueue']({entries})\n"
        f"report = script['work']({number}, [{index}])\n"
        f"with open({file!r}, 'w') as file:\n"
        f"    json.dump(report, file)\n"
    )
    with open(file) as report:
        return json.load(report)


def run_in_interpreter(code):
    """Runs code in a new interpreter. The module for it has its final name since 3.14."""
    if sys.version_info >= (3, 14):
        from concurrent import interpreters

        interpreter = interpreters.create()
        try:
            interpreter.exec(code)
        finally:
            interpreter.close()
    elif sys.version_info >= (3, 13):
        import _interpreters

        interpreter = _interpreters.create()
        failure = _interpreters.exec(interpreter, code)
        _interpreters.destroy(interpreter)
        if failure:
            raise RuntimeError(failure.formatted)
    else:
        import _xxsubinterpreters

        interpreter = _xxsubinterpreters.create()
        try:
            _xxsubinterpreters.run_string(interpreter, code)
        finally:
            _xxsubinterpreters.destroy(interpreter)


class PipeQueue:
    """A queue of numbers that interpreters can share: one end of a pipe."""

    def __init__(self, end):
        self.end = end

    def put(self, number):
        """Puts a number, or None, into the pipe."""
        os.write(self.end, (-1 if number is None else number).to_bytes(8, "little", signed=True))

    def get(self):
        """Takes the next one out; waits for it if there is none."""
        number = int.from_bytes(os.read(self.end, 8), "little", signed=True)
        return None if number == -1 else number


def fill(number, entries):
    """Puts everything that a group is to do into its queue."""
    QUEUES[number] = entries
    for entry in GROUPS[number].entries(GROUPS[number]):
        entries.put(entry)
    for _ in range(GROUPS[number].members):
        entries.put(None)


# The scenario: what each group does in a pass, and how it is run.


def pass_1(me):
    """A pass of count."""
    me.python(50 * MS)


GROUPS = [
    Group(
        "count",
        members=4,
        do=pass_1,
        run=in_interpreters,
        strategy="interp",
        passes=from_queue,
        entries=jobs(20),
    ),
]


# What is printed. The playground's docs/measured.md says what each field is.


def measured(wall, threads):
    """All figures of the run, from what threads have noted."""
    return {
        "format": "gil-measured/1",
        "scenario": SCENARIO,
        "python": {
            "version": platform.python_version(),
            "implementation": platform.python_implementation(),
            "has_gil": getattr(sys, "_is_gil_enabled", lambda: True)(),
            "switch_interval_ns": round(sys.getswitchinterval() * 1e9),
            "platform": sys.platform,
            "cores": cores(),
        },
        "scale": RUN.scale,
        "wall_ns": wall,
        "groups": [of_group(group, threads, wall) for group in GROUPS],
        "threads": [of_thread(thread) for thread in threads],
        "memory": {"peak_bytes": peak_memory()},
    }


def cores():
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count()


def of_group(group, threads, wall):
    """The figures of a group."""
    threads = [thread for thread in threads if thread["group"] == group.name]
    passes = [took for thread in threads for took in thread["passes"]]
    return {
        "name": group.name,
        "members": group.members,
        "strategy": group.strategy,
        "passes": len(passes),
        "throughput_per_s": len(passes) / wall * 1e9,
        "pass_ns": percentiles(passes),
        "response_ns": None,
    }


def of_thread(thread):
    """The figures of a thread."""
    turns = percentiles(thread["turns"])
    figures = {
        "name": thread["name"],
        "group": thread["group"],
        "cpu_ns": thread["cpu"],
        "turns_ns": turns and {"count": len(thread["turns"]), **turns},
        "voluntary_switches": thread["switches"][0] if thread["switches"] else None,
        "involuntary_switches": thread["switches"][1] if thread["switches"] else None,
    }
    if RUN.record:
        figures["spans"] = [
            [start - RUN.begun, end - RUN.begun, kind] for start, end, kind in thread["spans"]
        ]
    return figures


def percentiles(times):
    """The middle and the upper end of some times, or None where there are none."""
    if not times:
        return None
    times = sorted(times)

    def at(percent):
        return times[math.ceil(len(times) * percent / 100) - 1]

    return {"p50": at(50), "p90": at(90), "p99": at(99), "max": times[-1]}


def say(text):
    """Says on standard error how far it has come."""
    print(text, file=sys.stderr, flush=True)


def set_up():
    """What has to be there before anything is run."""
    calibrate()


def run(limit):
    """Runs all groups: the nanoseconds until those that end have ended, and all reports."""
    chosen = list(enumerate(GROUPS))
    RUN.begun = clock()
    waiting = []
    for number, group in chosen:
        waiting += group.run(number)
    wait(waiting, limit)
    wall = clock() - RUN.begun
    return wall, [thread.report for thread in waiting]


def wait(threads, limit):
    """Waits until threads have ended, up to a number of seconds."""
    end = time.monotonic() + limit
    for thread in threads:
        thread.join(max(0, end - time.monotonic()))
    if any(thread.is_alive() for thread in threads):
        sys.exit(f"it is not over after {limit:g} s; --limit gives it longer")
    if any(thread.report is None for thread in threads):
        sys.exit("a thread or process has failed, see above")


def disassemble():
    """Shows the hot loop's bytecode, with an arrow where the eval breaker is looked at."""
    gil = getattr(sys, "_is_gil_enabled", lambda: True)()
    hot = count
    print(f"{hot.__name__}() on Python {platform.python_version()}")
    if gil:
        print("--> the eval breaker is looked at: here a thread lets go of the GIL if asked to")
    else:
        print("Without a GIL other threads run between any two of its instructions.")
    for instruction in dis.get_instructions(hot):
        mark = "-->" if gil and looks_at_eval_breaker(instruction) else "   "
        line = f"{mark} {instruction.offset:4} {instruction.opname:26} {instruction.argrepr}"
        print(line.rstrip())


def looks_at_eval_breaker(instruction):
    """Whether it is looked at after this instruction."""
    name = instruction.opname
    if sys.version_info < (3, 10):  # the loop top looks, which few pass by (Python/ceval.c)
        return name not in ("LOAD_FAST", "LOAD_CONST", "STORE_FAST", "POP_TOP")
    if "JUMP" in name:  # CHECK_EVAL_BREAKER in Python/ceval.c, from 3.12 on in Python/bytecodes.c
        return instruction.argval < instruction.offset
    return name == "RESUME" or name.startswith("CALL")


def parse_options():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=SEED, help="seed of all that is drawn")
    parser.add_argument("--scale", type=float, default=1, help="factor for passes, jobs and times")
    parser.add_argument("--record", action="store_true", help="print the spans of each thread, too")
    parser.add_argument("--limit", type=float, default=120, help="seconds after which to give up")
    parser.add_argument("--disassemble", action="store_true", help="show the hot loop's bytecode")
    options = parser.parse_args()
    if not 0 < options.scale < math.inf:
        parser.error("--scale is a number above 0")
    return options


def main():
    """Runs the scenario, and prints what was measured as JSON."""
    options = parse_options()
    if options.disassemble:
        disassemble()
        return
    if sys.version_info < (3, 12):
        say("interpreters with a GIL of their own need Python 3.12 or later")
        sys.exit(3)
    RUN.seed, RUN.scale, RUN.record = options.seed, options.scale, options.record
    with tempfile.TemporaryDirectory() as RUN.folder:
        set_up()
        say("running")
        wall, reports = run(options.limit)
    print(json.dumps(measured(wall, reports)))


if __name__ == "__main__":
    main()
