import sys

# False only where a free-threaded build runs without the GIL.
enabled = getattr(sys, "_is_gil_enabled", lambda: True)()
print("the GIL is", "on: some extension may have switched it on" if enabled else "off")
