import threading
print(threading.current_thread().name, threading.main_thread() is threading.current_thread(), threading.current_thread().ident is not None)
def target_fn(): pass
a = threading.Thread(target=target_fn); b = threading.Thread(); c = threading.Thread(name='zed', daemon=True)
print(a.name, b.name, c.name, a.daemon, c.daemon, a.ident, a.is_alive())
b.name = 'bee'; print(b.name)
for f in (a.join, lambda: threading.current_thread().join()):
    try: f()
    except RuntimeError as e: print(e)
a.start(); a.join()
print(a.is_alive(), a.ident is not None)
try: a.start()
except RuntimeError as e: print(e)
try: a.daemon = True
except RuntimeError as e: print(e)
ok = []
def check():
    me = threading.current_thread()
    ok.append((me.name, me is t, me in threading.enumerate(), threading.get_ident() == me.ident, threading.active_count()))
t = threading.Thread(target=check, name='checker'); t.start(); t.join()
print(ok)
print(threading.active_count(), [x.name for x in threading.enumerate()])
class Bad(threading.Thread):
    def __init__(self): pass
try: Bad().start()
except RuntimeError as e: print(e)
