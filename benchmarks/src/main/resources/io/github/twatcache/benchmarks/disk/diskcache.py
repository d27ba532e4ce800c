"""Measures Python's diskcache. Arguments: command, directory, then what the command asks for. Microseconds: p50 p99 max mean."""
import os
import sys
import time

import diskcache

command, directory = sys.argv[1:3]


def timings(nanos, wall):
    nanos.sort()
    last = len(nanos) - 1
    print(nanos[last // 2] / 1e3, nanos[int(last * 0.99)] / 1e3, nanos[last] / 1e3, wall / 1e3 / len(nanos), flush=True)


def opened(policy):
    # Nothing but the policy differs from what diskcache does by itself.
    return diskcache.Cache(directory) if policy == 'default' else diskcache.Cache(directory, eviction_policy=policy)


def key_of(number, entries):
    return (number * 7919 + 13) % entries


def gets(cache, entries, operations):
    nanos = []
    began = time.perf_counter_ns()
    for i in range(operations):
        key = key_of(i, entries)
        before = time.perf_counter_ns()
        value = cache.get(key)
        nanos.append(time.perf_counter_ns() - before)
        assert value is not None
    timings(nanos, time.perf_counter_ns() - began)


def puts(cache, entries, size, operations):
    values = [os.urandom(size) for _ in range(64)]
    nanos = []
    began = time.perf_counter_ns()
    for i in range(operations):
        key = key_of(i, entries)
        value = values[i % 64]
        before = time.perf_counter_ns()
        cache.set(key, value)
        nanos.append(time.perf_counter_ns() - before)
    timings(nanos, time.perf_counter_ns() - began)


if command == 'alone':
    policy = sys.argv[3]
    entries, size, operations = map(int, sys.argv[4:7])
    with opened(policy) as cache:
        with cache.transact():
            for i in range(entries):
                cache.set(i, os.urandom(size))
        gets(cache, entries, operations)
        gets(cache, entries, operations)
        puts(cache, entries, size, operations)
    print(sum(os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(directory) for name in names))
elif command == 'fill':
    policy = sys.argv[3]
    entries, size = map(int, sys.argv[4:6])
    with opened(policy) as cache:
        with cache.transact():
            for i in range(entries):
                cache.set(i, os.urandom(size))
elif command == 'mixed':
    # One of several processes: reads, and one write in ten, until the time is over.
    policy = sys.argv[3]
    entries, size, millis, seed = map(int, sys.argv[4:8])
    value = os.urandom(size)
    with opened(policy) as cache:
        cache.get(0)
        print('ready', flush=True)
        sys.stdin.readline()
        sets = []
        count = 0
        began = time.perf_counter_ns()
        end = began + millis * 1_000_000
        while True:
            before = time.perf_counter_ns()
            if before >= end:
                break
            key = key_of(seed + count, entries)
            if count % 10 == 9:
                cache.set(key, value, retry=True)
                sets.append(time.perf_counter_ns() - before)
            else:
                cache.get(key, retry=True)
            count += 1
        print(count, time.perf_counter_ns() - began)
        timings(sets, time.perf_counter_ns() - began)
