# Small modules: colorsys, graphlib, zoneinfo, locale.
import colorsys, graphlib, locale, zoneinfo, datetime
for r in (0.0, 0.2, 0.5, 1.0):
    for g in (0.0, 0.3, 1.0):
        for b in (0.0, 0.7, 1.0):
            y, h, v = colorsys.rgb_to_yiq(r, g, b), colorsys.rgb_to_hls(r, g, b), colorsys.rgb_to_hsv(r, g, b)
            print(y, h, v, colorsys.hls_to_rgb(*h), colorsys.hsv_to_rgb(*v), [round(x, 9) for x in colorsys.yiq_to_rgb(*y)])
ts = graphlib.TopologicalSorter({"D": {"B", "C"}, "B": ["A"], "C": ["A"]})
print(sorted(list(ts.static_order())[1:3]))
ts = graphlib.TopologicalSorter()
ts.add(3, 2, 1)
ts.add(2, 1)


def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


t(ts.get_ready)
ts.prepare()
print(ts.get_ready(), ts.get_ready(), ts.is_active(), bool(ts))
t(lambda: ts.done(2))
t(lambda: ts.done(9))
ts.done(1)
t(lambda: ts.done(1))
print(ts.get_ready())
ts.done(2)
print(ts.get_ready())
ts.done(3)
print(ts.is_active())
t(lambda: ts.add(1))
t(ts.prepare)
t(lambda: list(graphlib.TopologicalSorter({1: [2], 2: [3], 3: [1]}).static_order()))
print(locale.setlocale(locale.LC_ALL, "C"), locale.localeconv()["decimal_point"], locale.format_string("%.2f", 1.5), locale.atof("1.5"), locale.strcoll("a", "b"))
z = zoneinfo.ZoneInfo("UTC")
print(repr(z), z, z is zoneinfo.ZoneInfo("UTC"), datetime.datetime(2020, 1, 1, tzinfo=z), z.key)
t(lambda: zoneinfo.ZoneInfo("No/Where"))
