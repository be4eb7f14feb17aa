import concurrent.futures
import math


def main():
    # New in Python 3.14; before that there is no public module for it.
    executor = getattr(concurrent.futures, "InterpreterPoolExecutor", None)
    if executor is None:
        print("this Python has no InterpreterPoolExecutor; 3.14 is the first")
        return
    with executor(max_workers=2) as pool:
        print(list(pool.map(math.factorial, [5, 10, 15])))


if __name__ == "__main__":
    main()
