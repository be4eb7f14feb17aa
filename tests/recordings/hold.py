# C code that keeps the GIL for tens of milliseconds, beside a thread that wakes up every 2 ms.
import threading
import time


def export(times):
    for _ in range(times):
        sum(range(2_000_000))


def poll():
    while True:
        time.sleep(0.002)


exporter = threading.Thread(target=export, args=(15,))
exporter.start()
threading.Thread(target=poll, daemon=True).start()
exporter.join()
