from q import r
print "a", 1,
print >>r, x / 2
exec "code" in r
def f((a, b), c):
    try:
        a /= `c`
    except E, e.x:
        raise E, a, b
    return [y for y in c], e
