"""joblib.Memory, measured as its users call it. Prints a line for each quantity: its name, then its samples in microseconds.

usage: joblib_memory.py DIRECTORY PARTS ELEMENTS SMALL_ELEMENTS SMOOTH_ELEMENTS ROUNDS
"""

import os
import shutil
import sys
import time
import warnings

import joblib
import numpy as np

warnings.simplefilter("ignore")


def say(name, samples):
    print(name, *("%.3f" % (sample * 1e6) for sample in samples), flush=True)


def timed(call):
    began = time.perf_counter()
    result = call()
    return time.perf_counter() - began, result


def noise(elements):
    """What no compressor makes smaller."""
    return np.random.default_rng(7).standard_normal(elements)


def smooth(elements):
    """A slow wave to three decimals, the same as the other side makes."""
    return np.round(np.sin(np.arange(elements) / 1000.0), 3)


def room(directory, array):
    """Has the operating system find as much memory for files as the array takes, and give it back: see the other side."""
    path = os.path.join(directory, "room")
    with open(path, "wb") as file:
        array.tofile(file)
    os.remove(path)


def roomy(directory, array, call):
    room(directory, array)
    return timed(call)[0]


def large(directory, elements, small, rounds):
    array = noise(elements)
    little = array[:small].copy()

    def numbered(i):
        return array

    plain = joblib.Memory(os.path.join(directory, "plain"), verbose=0)
    stored = plain.cache(numbered)
    say("store", [roomy(directory, array, lambda: stored(i)) for i in range(rounds)])
    say("hit", [timed(lambda: stored(i))[0] for i in range(rounds)])
    mapped = joblib.Memory(os.path.join(directory, "plain"), mmap_mode="r", verbose=0).cache(numbered)
    say("mapped", [timed(lambda: mapped(0)[0])[0] for _ in range(20 * rounds)])
    shutil.rmtree(os.path.join(directory, "plain"))

    say("hash", [timed(lambda: joblib.hash(array))[0] for _ in range(rounds)])
    say("hash small", [timed(lambda: joblib.hash(little))[0] for _ in range(10 * rounds)])


def number(directory, rounds):
    def small_number(i):
        return i

    numbers = joblib.Memory(os.path.join(directory, "number"), verbose=0).cache(small_number)
    numbers(1)
    say("number", [timed(lambda: numbers(1))[0] for _ in range(300 * rounds)])


def pressed(directory, elements, rounds):
    wave = smooth(elements)

    def waves(i):
        return wave

    stored = joblib.Memory(os.path.join(directory, "pressed"), compress=True, verbose=0).cache(waves)
    say("pressed store", [timed(lambda: stored(i))[0] for i in range(rounds)])
    say("pressed hit", [timed(lambda: stored(i))[0] for i in range(rounds)])
    sizes = [
        os.path.getsize(os.path.join(folder, name))
        for folder, _, names in os.walk(os.path.join(directory, "pressed"))
        for name in names
        if name == "output.pkl"
    ]
    print("pressed bytes", max(sizes), flush=True)


def main(directory, parts, elements, small, smooth_elements, rounds):
    if "large" in parts:
        large(directory, elements, small, rounds)
    if "number" in parts:
        number(directory, rounds)
    if "pressed" in parts:
        pressed(directory, smooth_elements, rounds)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2].split(","), *(int(argument) for argument in sys.argv[3:]))
