import csv
import io


def t(f, *a, **k):
    try:
        print(a[:1], k, "->", f(*a, **k))
    except BaseException as e:
        print(k, type(e).__name__, "|", e)


def R(s, **k):
    return list(csv.reader(s if isinstance(s, list) else [s], **k))


def W(row, **k):
    f = io.StringIO(newline="")
    r = csv.writer(f, **k).writerow(row)
    return r, f.getvalue()


for k in [dict(delimiter=""), dict(delimiter="ab"), dict(delimiter=5), dict(delimiter=None), dict(delimiter="\n"), dict(quotechar="ab"),
          dict(quotechar=None), dict(quotechar=None, quoting=0), dict(quotechar=5), dict(escapechar="ab"), dict(lineterminator=5),
          dict(lineterminator=None), dict(quoting=9), dict(quoting="a"), dict(foo=1), dict(dialect="nope"), dict(quotechar="", quoting=3),
          dict(delimiter='"'), dict(delimiter=" ", skipinitialspace=True), dict(escapechar="\\", quotechar="\\"), dict(delimiter="\r"),
          dict(lineterminator=";", delimiter=";"), dict(doublequote="x"), dict(strict=1)]:
    t(R, "a,b", **k)
    t(W, ["a", 1], **k)
for a, k in ((['"a'], dict(strict=True)), (['"a"b'], dict(strict=True)), (['"a"b'], {}), (["a\nb"], {}), (["a\0b"], {}), ([b"a"], {}),
             (["a\\"], dict(escapechar="\\", strict=True)), (['1,"2",x'], dict(quoting=2)), (['"a\n', 'b",c'], {}), ([""], {}), (["a\rb"], {}),
             (['1,,"",x'], dict(quoting=5)), (['1,,"",x'], dict(quoting=4)), (['1,,"",2.5'], dict(quoting=4)), (['a,"b ""c"" d",e\r\n', "f\n"], {}),
             (["a\\,b,c"], dict(escapechar="\\")), (["x, y,  z"], dict(skipinitialspace=True)), (['a;"b;c"'], dict(delimiter=";"))):
    t(R, a, **k)
for a, k in ((['a"b', "c,d", "e\nf", None, 1.5, True, " x", ""], {}), ([None], dict(quoting=3)), ([""], {}), ([], {}), (["a,b"], dict(quoting=3)),
             (["a,b"], dict(quoting=3, escapechar="\\")), (['a"b'], dict(doublequote=False)), (['a"b'], dict(doublequote=False, escapechar="\\")),
             (5, {}), (["a", None, 1, 2.5, "1"], dict(quoting=2)), (["a", None, 1], dict(quoting=1)), (["a", None, 1, ""], dict(quoting=4)),
             (["a", None, 1, ""], dict(quoting=5)), ([" "], dict(delimiter=" ")), ([""], dict(delimiter=" ", skipinitialspace=True, quoting=3)),
             ([None], dict(quoting=4)), (["a\\b", "c"], dict(escapechar="\\"))):
    t(W, a, **k)
for f, a in ((csv.writer, ()), (csv.writer, (5,)), (csv.reader, ()), (csv.reader, (5,)), (csv.field_size_limit, ("a",)), (csv.register_dialect, (5,)),
             (csv.get_dialect, ("x",)), (csv.unregister_dialect, ("x",))):
    t(f, *a)
print(csv.list_dialects(), csv.field_size_limit())
r = csv.reader(["a"])
print(r.line_num, r.dialect.delimiter, r.dialect.quoting, repr(r.dialect.lineterminator), r.dialect.escapechar)
text = "name,age\r\nAnn,31\r\n\"Bob, Jr\",5,extra\r\nCid\r\n"
for row in csv.DictReader(io.StringIO(text), restkey="more", restval="none"):
    print(row)
f = io.StringIO()
w = csv.DictWriter(f, ["a", "b"], extrasaction="ignore", dialect="unix")
w.writeheader()
w.writerows([{"a": 1, "b": "x y"}, {"a": None, "c": 3}])
print(repr(f.getvalue()))
t(csv.DictWriter(f, ["a"]).writerow, {"z": 1})
print(csv.Sniffer().sniff("a;b;c\n1;2;3\n4;5;6\n").delimiter, csv.Sniffer().has_header("name,age\nann,3\nbob,4\n"))
csv.field_size_limit(3)
t(R, ["abcd"])
