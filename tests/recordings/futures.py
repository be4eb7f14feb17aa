# The main thread waits for a pool of processes: another thread is what it waits for, not the GIL.
import concurrent.futures
import multiprocessing


def work(n):
    return sum(i * i for i in range(n))


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    with concurrent.futures.ProcessPoolExecutor(2, context) as pool:
        print(sum(pool.map(work, [300_000] * 16)))
