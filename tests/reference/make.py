#!/usr/bin/env python3
"""Random tables of ratings and what other programs say of them, as JSON on standard output."""
import json
import os
import random
import subprocess
import warnings

import numpy
import sklearn
import statsmodels
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import aggregate_raters, cohens_kappa, fleiss_kappa

warnings.filterwarnings("ignore")
grades = [1, 2, 3, 4, 5]
weightings = {"identity": None, "linear": "linear", "quadratic": "quadratic"}


def table(chance, subjects, raters):
    """Raters who mostly see what is there, and sometimes one grade or any grade instead."""
    rows = []
    for _ in range(subjects):
        seen = chance.choice(grades)
        rows.append([
            chance.choices([seen, min(5, max(1, seen + chance.choice([-1, 1]))),
                            chance.choice(grades)], [6, 3, 1])[0]
            for _ in range(raters)])
    return rows


def psych(rows):
    here = os.path.dirname(os.path.abspath(__file__))
    said = subprocess.run(["Rscript", os.path.join(here, "psych.R")], text=True, check=True,
                          stdout=subprocess.PIPE,
                          input="".join(f"{a} {b}\n" for a, b in rows)).stdout.splitlines()
    version = said[-1].split()
    for line in said[:-1]:
        name, estimate, error = line.split()
        yield {"program": f"psych {version[1]}, R {version[2]}.{version[3]}", "name": "cohen_kappa",
               "weights": name, "estimate": float(estimate), "se": float(error)}


def of_two(rows):
    first, second = zip(*rows)
    counts = numpy.zeros((5, 5))
    for a, b in rows:
        counts[a - 1, b - 1] += 1
    for name, word in weightings.items():
        yield {"program": f"scikit-learn {sklearn.__version__}", "name": "cohen_kappa",
               "weights": name,
               "estimate": cohen_kappa_score(first, second, labels=grades, weights=word)}
        found = cohens_kappa(counts, wt=word)
        yield {"program": f"statsmodels {statsmodels.__version__}", "name": "cohen_kappa",
               "weights": name, "estimate": float(found.kappa), "se": float(found.std_kappa)}
    yield from psych(rows)


def of_many(rows):
    counts = numpy.array([[row.count(grade) for grade in grades] for row in rows])
    yield {"program": f"statsmodels {statsmodels.__version__}", "name": "fleiss_kappa",
           "weights": "identity", "estimate": float(fleiss_kappa(counts, method="fleiss"))}
    yield {"program": f"statsmodels {statsmodels.__version__}", "name": "brennan_prediger",
           "weights": "identity", "estimate": float(fleiss_kappa(counts, method="randolph"))}


chance = random.Random(20260123)
tables = []
for subjects in (8, 20, 50, 120):
    rows = table(chance, subjects, 2)
    tables.append({"ratings": rows, "figures": list(of_two(rows))})
for subjects, raters in ((10, 3), (30, 6), (50, 20)):
    rows = table(chance, subjects, raters)
    tables.append({"ratings": rows, "figures": list(of_many(rows))})
lines = ",\n".join(json.dumps(each, separators=(",", ":")) for each in tables)
print('{"scale":[1,5],"tables":[\n' + lines + "\n]}")
