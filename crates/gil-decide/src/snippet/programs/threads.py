import time
from concurrent.futures import ThreadPoolExecutor


def run_GROUP(item):
    time.sleep(0.01)  # waiting lets go of the GIL
    return item * 2


if __name__ == "__main__":
    with ThreadPoolExecutor(max_workers=WORKERS) as pool:
        results = list(pool.map(run_GROUP, range(20)))
    assert results == [item * 2 for item in range(20)]
    print(results)
