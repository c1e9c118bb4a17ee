def g():
    x = 1
    print(lenn([1]))
def h(*a):
    return g()
h(1, *[2],
  3)
