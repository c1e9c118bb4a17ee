import json, enum
print(json.dumps({'a':[1,2.5,None,True,float('inf')],'é':'\u1234\U0001F600"\\\n\x01', 1:2, 2.5:3, None:4, False:5}))
print(json.dumps([[],{}, [1,[2]], {'x':{'y':[]}}], indent=2))
print(json.dumps({'b':1,'a':2}, sort_keys=True, separators=(',',':')), json.dumps('é', ensure_ascii=False))
class I(int): pass
class E(enum.IntEnum): A=1
print(json.dumps([I(5), E.A, (1,2), I(10**30), 1e100, -0.0, 1e-7]))
def t(f, *a, **k):
    try: print(f(*a, **k))
    except Exception as e: print(type(e).__name__, e)
for s in ['', '[1,]', '{"a":1,}', '{1:2}', '{"a" 1}', '[1 2]', '"abc', '"\\x"', '"\\u12"', '"a\nb"', '1 2', 'nul', '[', '{', '{"a":', '\ufeff1', '-', '01', '[é', '"\\ud83d\\ude00\\ud800"', ' [1, 2.5e3, -0, NaN, -Infinity, 123456789012345678901234567890] ', '{"a":{"b":[true,false,null]}}', '{"é": x}', '[1\n,\n,2]']:
    t(lambda: ascii(json.loads(s)))
try: json.loads('{"a":\n 1,\n]')
except json.JSONDecodeError as e: print(e.msg, e.pos, e.lineno, e.colno, e.doc)
t(json.loads, 5)
t(json.dumps, object()); t(json.dumps, {(1,2):3}); t(json.dumps, {(1,2):3, 'a':1}, skipkeys=True); t(json.dumps, float('nan'), allow_nan=False)
l=[]; l.append(l); t(json.dumps, l)
t(json.dumps, {1:1,'a':2}, sort_keys=True)
print(json.loads('{"a":1,"b":[1.5]}', object_hook=lambda d: sorted(d.items()), parse_float=str, parse_int=lambda s: s+'!'))
print(json.loads('{"a":1,"a":2}', object_pairs_hook=list), json.loads(b'[1]'), json.loads('[1]'.encode('utf-16')))
class Enc(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, set): return sorted(o)
        return super().default(o)
print(json.dumps({'s':{3,1,2}}, cls=Enc, indent='\t')); t(json.dumps, object(), cls=Enc)
print(json.JSONDecoder().raw_decode('[1] x'), json.dumps({1:2}, default=repr), json.dumps([object], default=lambda o: o.__name__))
import io
f=io.StringIO(); json.dump([1,{'a':2}], f); print(f.getvalue()); f.seek(0); print(json.load(f))
print(''.join(json.JSONEncoder().iterencode([1,2,{'a':None}])))
print(json.dumps({}, indent=1), json.dumps([[1]], indent=0), repr(json.decoder.scanstring('"abé\\n"x', 1)))
