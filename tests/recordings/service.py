# A report is made beside two clients that each wait for a backend: the GIL is what holds them up.
import os
import socket
import threading
import time


def backend(line):
    while message := line.recv(1):
        time.sleep(0.002)
        line.sendall(message)


def ask(line):
    line.sendall(b"x")
    line.recv(1)


def io_1(line):
    while True:
        ask(line)


def io_2(line):
    while True:
        ask(line)


def report(seconds):
    end, total = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        for n in range(1000):
            total += n * n


lines = []
for _ in range(2):
    here, there = socket.socketpair()
    if os.fork() == 0:
        here.close()
        for line in lines:
            line.close()
        backend(there)
        os._exit(0)
    there.close()
    lines.append(here)
reporter = threading.Thread(target=report, args=(1,))
reporter.start()
for client, line in zip((io_1, io_2), lines):
    threading.Thread(target=client, args=(line,), daemon=True).start()
reporter.join()
