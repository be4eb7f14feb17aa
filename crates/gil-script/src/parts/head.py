#!/usr/bin/env python3
#insert docstring

#insert imports

try:
    import resource
except ImportError:  # on Windows
    resource = None

#insert units
#insert scenario
clock = time.perf_counter_ns  # the same clock in all processes of a machine

RUN = types.SimpleNamespace()
"""What is known before the start: the seed, the scale, how fast this machine works."""


