# Four threads ask a database while they hold one lock: it isn't the GIL.
import threading
import time

LOCK = threading.Lock()


def update(times):
    for _ in range(times):
        with LOCK:
            time.sleep(0.002)


threads = [threading.Thread(target=update, args=(40,)) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
