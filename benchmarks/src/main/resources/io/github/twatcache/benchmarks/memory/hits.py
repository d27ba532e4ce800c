"""Prints a line for each memoizer present: its name, then the nanoseconds of a hit in each round (the loop included)."""

import bisect
import functools
import itertools
import random
import sys
import time

ENTRIES, CAPACITY, DRAWS = 10_000, 40_000, 1 << 16


def value(key):
    return "value %d" % key


def draws():
    sums = list(itertools.accumulate((i + 1) ** -0.99 for i in range(ENTRIES)))
    rng = random.Random(1)
    return [min(ENTRIES - 1, bisect.bisect_left(sums, rng.random() * sums[-1])) for _ in range(DRAWS)]


def measure(name, function, rounds):
    keys = draws()
    for key in range(ENTRIES):
        function(key)
    nanos = []
    for _ in range(rounds):
        start = time.perf_counter_ns()
        for key in keys:
            function(key)
        nanos.append((time.perf_counter_ns() - start) / DRAWS)
    print(name, *("%.2f" % n for n in nanos))


rounds = int(sys.argv[1])
measure("functools.lru_cache", functools.lru_cache(maxsize=CAPACITY)(value), rounds)
try:
    import cachetools
except ImportError:
    pass
else:
    measure("cachetools.LRUCache", cachetools.cached(cachetools.LRUCache(maxsize=CAPACITY))(value), rounds)
