import threading
started = threading.Event()
def forever():
    started.set()
    threading.Event().wait()
t = threading.Thread(target=forever, daemon=True)
t.start()
started.wait()
print(t.daemon, t.is_alive())
