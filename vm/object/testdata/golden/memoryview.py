b=bytearray(b'hello'); m=memoryview(b)
print(m[0], m[-1], bytes(m[1:3]), m[::2].tobytes(), len(m), m.readonly, m.nbytes, list(m), m == b'hello')
m[0]=72; m[1:3]=b'EL'; print(b)
try: m[9]
except IndexError as e: print(e)
try: memoryview(b'a')[0]=1
except TypeError as e: print(e)
try: memoryview('a')
except TypeError as e: print(e)
try: m[0]=300
except ValueError as e: print(e)
with memoryview(b'abc') as v: print(v.tolist(), hash(v)==hash(b'abc'), v.hex())
try: v[0]
except ValueError as e: print(e)
print(bytes(memoryview(b'xyz')[::-1]), b'a'+memoryview(b'b'), b''.join([memoryview(b'q')]))
