import asyncio


async def run_GROUP(item):
    await asyncio.sleep(0.01)  # stands for a request to an async client
    return item * 2


async def main():
    results = await asyncio.gather(*(run_GROUP(item) for item in range(100)))
    assert results == [item * 2 for item in range(100)]
    print(len(results), "answers")


if __name__ == "__main__":
    asyncio.run(main())
