class MyErr(Exception):
    pass
def gen():
    yield 1
    raise MyErr("multi\nline")
for x in gen():
    x.foo.bar(1)[2]
