import sched, time
out = []
t = [0.0]
def clock(): return t[0]
def delay(n): t[0] += n
s = sched.scheduler(clock, delay)
s.enter(3, 1, out.append, ('c',))
s.enter(1, 2, out.append, ('b',))
e = s.enter(2, 1, out.append, ('x',))
s.enter(1, 1, out.append, argument=('a',))
s.enterabs(5, 1, lambda **k: out.append(k), kwargs={'z': 1})
s.cancel(e)
print(len(s.queue), s.empty(), [x.priority for x in s.queue])
s.run()
print(out, t, s.empty())
try: s.cancel(e)
except ValueError: print('ValueError')
