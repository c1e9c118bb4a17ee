# A producer makes web-server log lines, consumers parse them by a regular expression, one report is made of all.
import collections
import datetime
import queue
import re
import threading

LINE = re.compile(r"""
    (?P<host>\d{1,3}(?:\.\d{1,3}){3}) \s - \s (?P<user>-|\w+) \s
    \[(?P<when>[^\]]+)\] \s "(?P<method>[A-Z]+)\s(?P<path>\S+)\sHTTP/(?P<version>\d\.\d)" \s
    (?P<status>\d{3}) \s (?P<size>\d+|-)""", re.VERBOSE)
MONTHS = {m: i for i, m in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
DONE = object()


def lines(n):
    """Log lines of a linear congruential generator, some of them damaged."""
    state = 42
    start = datetime.datetime(2024, 2, 28, 22, 0)

    def rand(k):
        nonlocal state
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        return (state >> 8) % k
    for i in range(n):
        when = start + datetime.timedelta(minutes=17 * i, seconds=rand(60))
        path = ["/", "/index.html", "/api/items/%d" % rand(30), "/search?q=%s" % "abc"[rand(3)], "/static/site.css"][rand(5)]
        status = [200, 200, 200, 200, 304, 404, 500][rand(7)]
        size = "-" if status == 304 else str(rand(9000))
        line = f'10.0.{rand(3)}.{rand(9)} - {["-", "ann", "bob"][rand(3)]} [{when:%d/%b/%Y:%H:%M:%S} +0000] "{["GET", "GET", "POST"][rand(3)]} {path} HTTP/1.{rand(2)}" {status} {size}'
        yield line if rand(23) else line[:rand(40)] + "\x00"


def parse(line):
    m = LINE.fullmatch(line)
    if m is None:
        return None
    d = m.groupdict()
    day, mon, year, h, mi, s = re.match(r"(\d+)/(\w+)/(\d+):(\d+):(\d+):(\d+)", d["when"]).groups()
    d["when"] = datetime.datetime(int(year), MONTHS[mon], int(day), int(h), int(mi), int(s))
    d["size"] = 0 if d["size"] == "-" else int(d["size"])
    d["path"], _, d["query"] = d["path"].partition("?")
    d["path"] = re.sub(r"/\d+", "/<id>", d["path"])
    return d


class Report:
    def __init__(self):
        self.status = collections.Counter()
        self.paths = collections.defaultdict(list)
        self.hours = collections.Counter()
        self.users = collections.defaultdict(set)
        self.bad = []

    def add(self, line):
        d = parse(line)
        if d is None:
            self.bad.append(line)
            return
        self.status[d["status"]] += 1
        self.paths[d["method"], d["path"]].append(d["size"])
        self.hours[d["when"].date(), d["when"].hour // 6] += 1
        self.users[d["user"]].add(d["host"])

    def merge(self, other):
        self.status += other.status
        self.hours.update(other.hours)
        self.bad += other.bad
        for mine, theirs in ((self.paths, other.paths), (self.users, other.users)):
            for k, v in theirs.items():
                (mine[k].extend if isinstance(v, list) else mine[k].update)(v)


def consumer(q, report):
    for batch in iter(q.get, DONE):
        for line in batch:
            report.add(line)
    q.put(DONE)


q = queue.Queue(4)
reports = [Report() for _ in range(3)]
threads = [threading.Thread(target=consumer, args=(q, r), daemon=True) for r in reports]
for t in threads:
    t.start()
batch = []
for line in lines(400):
    batch.append(line)
    if len(batch) == 20:
        q.put(batch)
        batch = []
q.put(batch)
q.put(DONE)
for t in threads:
    t.join()
total = Report()
for r in reports:
    total.merge(r)
for status, n in sorted(total.status.items()):
    print(status, n, f"{n / total.status.total():6.2%}")
for (method, path), sizes in sorted(total.paths.items()):
    print(f"{method:<5}{path:<20}{len(sizes):>4}{sum(sizes):>9,}{max(sizes):>7}")
for (day, part), n in sorted(total.hours.items()):
    print(day.isoformat(), day.strftime("%a"), ["night", "morning", "noon", "evening"][part], "#" * n)
print({u: len(h) for u, h in sorted(total.users.items())}, len(total.bad), sorted(total.bad)[:3])
