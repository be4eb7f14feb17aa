"""What the team relies on: a report doesn't hold up the threads that answer requests."""

import json

import gil_guard

ROWS = [{"name": "a row", "values": [1, 2, 3], "price": 1.25}] * 50_000


def make_report(rows):
    """Stands for your code: `json.dumps(rows)` in one go would keep the GIL until it's done."""
    return [json.dumps(rows[start : start + 500]) for start in range(0, len(rows), 500)]


def test_a_report_lets_others_run():
    # Answers may take 100 ms: half of that may go to waiting for the GIL.
    gil_guard.assert_lets_others_run(make_report, ROWS, most=0.05)


if __name__ == "__main__":
    test_a_report_lets_others_run()
