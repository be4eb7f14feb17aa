import multiprocessing
from concurrent.futures import ProcessPoolExecutor


def run_GROUP(n):
    return sum(i * i for i in range(n))


def main():
    method = "METHOD"
    if method not in multiprocessing.get_all_start_methods():
        method = "spawn"  # every platform has it
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(max_workers=WORKERS, mp_context=context) as pool:
        results = list(pool.map(run_GROUP, [10_000] * 4))
    assert results == [run_GROUP(10_000)] * 4
    print(results)


# COMMENT
if __name__ == "__main__":
    main()
