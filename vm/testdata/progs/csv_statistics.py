# Statistics of a CSV table: grouping, means, deviations, medians, a correlation, and a pivot table written as CSV again.
import csv
import io
import itertools
import math
import statistics
from operator import itemgetter

DATA = '''\
city,year,station,rain,temp,remark
Aro,2021,"North, old",812.5,11.2,
Aro,2021,South,790.0,11.9,"said ""wet"""
Aro,2022,"North, old",640.25,12.4,dry
Aro,2022,South,655.5,12.9,"two
lines"
Bel,2021,Main,402.0,17.1,
Bel,2022,Main,377.75,17.8,
Bel,2023,Main,n/a,18.2,gauge broken
Cor,2021,Harbour,1210.0,9.4,
Cor,2022,Harbour,1185.5,9.9,
Cor,2023,Harbour,1302.25,9.1,storm
Cor,2023,Hill,1420.75,7.7,
'''


def number(text):
    try:
        return float(text)
    except ValueError:
        return math.nan


rows = []
for row in csv.DictReader(io.StringIO(DATA)):
    row["rain"], row["temp"], row["year"] = number(row["rain"]), number(row["temp"]), int(row["year"])
    rows.append(row)
print(len(rows), rows[3]["remark"], rows[1]["remark"], rows[0]["station"])
good = [r for r in rows if not math.isnan(r["rain"])]


def describe(values):
    values = list(values)
    q = statistics.quantiles(values, n=4) if len(values) > 1 else [values[0]] * 3
    return dict(n=len(values), mean=round(statistics.fmean(values), 3), median=statistics.median(values),
                sd=round(statistics.stdev(values), 3) if len(values) > 1 else 0.0, low=min(values), high=max(values), q1=round(q[0], 3), q3=round(q[2], 3))


for city, group in itertools.groupby(good, key=itemgetter("city")):
    group = list(group)
    print(city, *(f"{k}={v}" for k, v in describe(g["rain"] for g in group).items()))
xs, ys = [r["rain"] for r in good], [r["temp"] for r in good]
print("correlation %.6f" % statistics.correlation(xs, ys))
line = statistics.linear_regression(xs, ys)
print(f"temp = {line.slope:.6f} * rain + {line.intercept:.4f}")
print("mode", statistics.mode(r["city"] for r in rows), statistics.multimode(r["year"] for r in rows), statistics.pvariance([1, 2, 3, 4]), statistics.harmonic_mean([40, 60]), statistics.geometric_mean([1, 2, 4]))
out = io.StringIO()
years = sorted({r["year"] for r in rows})
w = csv.writer(out, quoting=csv.QUOTE_MINIMAL, lineterminator="\n")
w.writerow(["station", *years])
for key in sorted({(r["city"], r["station"]) for r in rows}):
    cells = {r["year"]: r["rain"] for r in rows if (r["city"], r["station"]) == key}
    w.writerow([" / ".join(key)] + [cells.get(y, "") for y in years])
print(out.getvalue(), end="")
again = list(csv.reader(io.StringIO(out.getvalue())))
assert [r[0] for r in again[1:]] == [" / ".join(k) for k in sorted({(r["city"], r["station"]) for r in rows})]
ranked = sorted(good, key=lambda r: (-r["rain"], r["temp"]))
for place, r in enumerate(ranked[:4], 1):
    print(f"{place}. {r['city']:<5}{r['year']} {r['rain']:>10,.2f} mm {r['temp']:+.1f}")
print([round(x, 2) for x in itertools.accumulate(xs)][-1] == round(math.fsum(xs), 2), math.isclose(sum(xs), math.fsum(xs)))
print(csv.Sniffer().sniff("a;b;c\n1;2;3\n").delimiter if hasattr(csv, "Sniffer") else ";")
tsv = io.StringIO()
d = csv.DictWriter(tsv, ["city", "rain"], delimiter="\t", extrasaction="ignore", quoting=csv.QUOTE_NONNUMERIC)
d.writeheader()
d.writerows(rows[:3])
print(repr(tsv.getvalue()))
