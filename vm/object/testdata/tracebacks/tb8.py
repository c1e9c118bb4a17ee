é = 'ü'
print("ä" + é.foo(1))
