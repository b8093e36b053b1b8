"""numpy_peer.py ROUNDS SAMPLES: Krippendorff's ordinal alpha and its bootstrap in numpy. Prints the
version and alpha, then the seconds of each round for so many samples."""

import sys
import time

import numpy as np


def ratings_of(subjects, raters):
    """The table of agreement_bench.cpp; 0 is missing."""
    state = 1
    table = np.zeros((subjects, raters), dtype=int)

    def following():
        nonlocal state
        state = (state * 1664525 + 1013904223) % 2**32
        return state >> 16

    for subject in range(subjects):
        seen = following() % 5 + 1
        for rater in range(raters):
            chance = following() % 16
            grade = seen + (1 if chance < 3 else -1 if chance < 6 else 0)
            if chance != 15:
                table[subject, rater] = min(5, max(1, grade))
    return table


def alpha(counts):
    """Of subjects by grades: how many gave each."""
    ratings = counts.sum(axis=1)
    counts, ratings = counts[ratings > 1], ratings[ratings > 1]
    weights = 1 / (ratings - 1)
    coincidences = (counts * weights[:, None]).T @ counts
    coincidences -= np.diag((counts * weights[:, None]).sum(axis=0))
    totals = counts.sum(axis=0)
    sums = np.cumsum(totals)
    between = np.abs(sums[:, None] - sums[None, :] - (totals[:, None] - totals[None, :]) / 2)
    distance = between**2
    expected = np.outer(totals, totals) * distance
    return 1 - (totals.sum() - 1) * (coincidences * distance).sum() / expected.sum()


rounds, samples = map(int, sys.argv[1:])
table = ratings_of(50, 200)
counts = np.stack([(table == grade).sum(axis=1) for grade in range(1, 6)], axis=1).astype(float)
print(np.__version__, alpha(counts))
chance = np.random.default_rng(1)
for _ in range(rounds):
    start = time.perf_counter()
    drawn = [alpha(counts[chance.integers(0, 50, 50)]) for _ in range(samples)]
    print(f"{time.perf_counter() - start:.6f}")
