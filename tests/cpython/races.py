"""Where a switch of threads can fall within a statement, and what is lost by it.

    python races.py [--seconds 2] > races/py3.9.json

Runs one statement in a loop in three threads, with the smallest switch interval unless
`--default-interval` is given, and prints JSON:
for each statement how many updates were made, how many of them were lost, and after which of its
bytecodes a thread was seen to stand while another one ran. Needs nothing but CPython 2.7 or 3.2 and
newer. What a free-threaded build shows of the latter is chance: there nobody has to let go.
"""

from __future__ import print_function

import argparse
import dis
import itertools
import json
import platform
import sys
import threading
import time

THREADS = 3
CHUNK = 500

x = 0
a = []
d = {}
lock = threading.Lock()


class Counter(object):
    x = 0


counter = Counter()


def f():
    return 1


def plain(n):
    global x
    for _ in itertools.repeat(None, n):
        x += 1


def attribute(n):
    self = counter
    for _ in itertools.repeat(None, n):
        self.x += 1


def python_call(n):
    global x
    for _ in itertools.repeat(None, n):
        x += f()


def c_call(n):
    global x
    for _ in itertools.repeat(None, n):
        x = x + int(1)


def locked(n):
    global x
    for _ in itertools.repeat(None, n):
        with lock:
            x += 1


def append(n):
    for _ in itertools.repeat(None, n):
        a.append(1)


def made_one():
    return itertools.count()


def check_then_act(keys, made):
    for k in keys:
        if k not in d:
            d[k] = made_one()
            made.append(k)


def check_then_store(keys, made):
    for k in keys:
        if k not in d:
            d[k] = 1
            made.append(k)


def instructions(code):
    """Offset, name and argument of each instruction."""
    if sys.version_info >= (3, 4):
        return [(i.offset, i.opname, i.argrepr) for i in dis.get_instructions(code)]
    found, i, bytecode = [], 0, bytearray(code.co_code)
    while i < len(bytecode):
        op = bytecode[i]
        arg = ""
        if op in dis.hasname:
            arg = code.co_names[bytecode[i + 1] + 256 * bytecode[i + 2]]
        found.append((i, dis.opname[op], arg))
        i += 3 if op >= dis.HAVE_ARGUMENT else 1
    return found


def listing(codes, seen):
    """The instructions of some functions, and how often a thread stood after each."""
    rows = []
    for code in codes:
        here = [(-1, "(entry)", "")] + instructions(code)
        counts = dict.fromkeys([offset for offset, _, _ in here], 0)
        for last, times in seen.get(code, {}).items():
            # Inline caches follow their instruction.
            counts[max(offset for offset in counts if offset <= max(last, -1))] += times
        rows += [
            [code.co_name, name, str(arg), counts[offset]]
            for offset, name, arg in here
            # A frame that has ended stands at its return.
            if not name.startswith("RETURN")
        ]
    return rows


def watch(codes, threads, stop):
    """Notes where the other threads stand whenever this one runs."""
    seen = dict((code, {}) for code in codes)
    while not stop.is_set():
        frames = sys._current_frames()
        for thread in threads:
            frame = frames.get(thread.ident)
            if frame is not None and frame.f_code in seen:
                counts = seen[frame.f_code]
                counts[frame.f_lasti] = counts.get(frame.f_lasti, 0) + 1
        del frames, frame
        time.sleep(0.00005)
    return seen


def in_threads(work, codes, seconds):
    """Runs `work(i)` again and again in threads; how often, and where they stood."""
    stop, done = threading.Event(), [0] * THREADS

    def loop(i):
        while not stop.is_set():
            work(i)
            done[i] += 1

    threads = [threading.Thread(target=loop, args=(i,)) for i in range(THREADS)]
    timer = threading.Timer(seconds, stop.set)
    for thread in threads:
        thread.start()
    timer.start()
    seen = watch(codes, threads, stop)
    for thread in threads:
        thread.join()
    return sum(done) * CHUNK, seen


def count_case(function, value, seconds, also=()):
    """A statement that adds one to something."""
    codes = [function.__code__] + [g.__code__ for g in also]
    before = value()
    updates, seen = in_threads(lambda i: function(CHUNK), codes, seconds)
    lost = updates - (value() - before)
    return {"updates": updates, "lost": lost, "instructions": listing(codes, seen)}


def act_case(function, seconds, also=()):
    """A statement that acts when it finds nothing: what was done twice counts as lost."""
    codes = [function.__code__] + [g.__code__ for g in also]
    made = [[] for _ in range(THREADS)]
    at = [0] * THREADS
    d.clear()

    def work(i):
        # Those behind leave out what is there already, so that all are close together.
        at[i] = max(max(at) - CHUNK, at[i]) + CHUNK
        function(range(at[i] - CHUNK, at[i]), made[i])

    _, seen = in_threads(work, codes, seconds)
    acts = sum(len(m) for m in made)
    return {"updates": acts, "lost": acts - len(d), "instructions": listing(codes, seen)}


def measure(seconds):
    cases = {}
    cases["global"] = count_case(plain, lambda: x, seconds)
    cases["attribute"] = count_case(attribute, lambda: counter.x, seconds)
    cases["python_call"] = count_case(python_call, lambda: x, seconds, (f,))
    cases["c_call"] = count_case(c_call, lambda: x, seconds)
    cases["locked"] = count_case(locked, lambda: x, seconds)
    cases["append"] = count_case(append, lambda: len(a), seconds)
    del a[:]
    cases["check_then_act"] = act_case(check_then_act, seconds, (made_one,))
    cases["check_then_store"] = act_case(check_then_store, seconds)
    return cases


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=float, default=2.0, help="for each statement")
    parser.add_argument("--default-interval", action="store_true", help="switch as usual")
    args = parser.parse_args()
    if args.default_interval:
        pass
    elif hasattr(sys, "setswitchinterval"):
        sys.setswitchinterval(1e-6)
    else:
        sys.setcheckinterval(1)
    free = hasattr(sys, "_is_gil_enabled") and not sys._is_gil_enabled()
    result = {
        "python": platform.python_version(),
        "gil": not free,
        "os": platform.system(),
        "threads": THREADS,
        "cases": measure(args.seconds),
    }
    print(json.dumps(result, sort_keys=True))


if __name__ == "__main__":
    main()
