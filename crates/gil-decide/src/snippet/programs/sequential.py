def run_GROUP(n):
    return sum(i * i for i in range(n))


if __name__ == "__main__":
    print([run_GROUP(n) for n in (1_000, 2_000, 3_000)])
