import threading


def count(n):
    while n:
        n -= 1


def work():
    for _ in range(3):
        count(20_000)


ts = [threading.Thread(target=work, name=f"work-{i + 1}") for i in range(2)]
for t in ts:
    t.start()
for t in ts:
    t.join()
