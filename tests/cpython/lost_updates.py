"""Counts the updates that threads lose when each of them does `x += 1`, in several spellings.

    python lost_updates.py [updates of each thread]

Prints one JSON object. Runs on Python 2.7 and every 3. Threads are switched as often as the
interpreter allows. What is lost differs from run to run; whether anything is lost does not.
"""

from __future__ import print_function

import json
import sys
import threading

THREADS = 4
RUNS = 3

x = 0
lock = threading.Lock()


class Box(object):
    x = 0


box = Box()


def one():
    return 1


def increment(n):
    global x
    for _ in range(n):
        x += 1


def increment_attribute(n):
    b = box
    for _ in range(n):
        b.x += 1


def increment_with_call(n):
    global x
    for _ in range(n):
        x += one()


def increment_with_c_call(n):
    global x
    for _ in range(n):
        x = int(x) + 1


def increment_with_lock(n):
    global x
    for _ in range(n):
        with lock:
            x += 1


def lost(work, n):
    global x
    x = box.x = 0
    threads = [threading.Thread(target=work, args=(n,)) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return n * THREADS - x - box.x


def main():
    if hasattr(sys, "setswitchinterval"):
        sys.setswitchinterval(1e-6)
    else:
        sys.setcheckinterval(1)
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 200000
    found = {}
    for work in (
        increment,
        increment_attribute,
        increment_with_call,
        increment_with_c_call,
        increment_with_lock,
    ):
        # Taking a lock so often is slow.
        updates = n // 10 if work is increment_with_lock else n
        worst = max(lost(work, updates) for _ in range(RUNS))
        found[work.__name__] = {"updates": updates * THREADS, "lost": worst}
    print(json.dumps({"python": "%d.%d.%d" % sys.version_info[:3], "races": found}))


if __name__ == "__main__":
    main()
