# regimes: gil locks rw stm
import socket, threading, select
srv = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
srv.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
srv.bind(('127.0.0.1', 0))
srv.listen(5)
host, port = srv.getsockname()
def serve(n):
    for _ in range(n):
        c, addr = srv.accept()
        with c:
            while True:
                d = c.recv(1000)
                if not d: break
                c.sendall(d.upper())
st = threading.Thread(target=serve, args=(3,)); st.start()
out = []
m = threading.Lock()
def client(i):
    with socket.create_connection((host, port)) as s:
        for k in range(3):
            msg = b'hello %d %d' % (i, k)
            s.sendall(msg)
            got = b''
            while len(got) < len(msg): got += s.recv(100)
            with m: out.append(got)
ts = [threading.Thread(target=client, args=(i,)) for i in range(3)]
for t in ts: t.start()
for t in ts: t.join()
st.join()
print(sorted(out))
srv.settimeout(0.001)
try: srv.accept()
except socket.timeout as e: print('timeout', e)
srv.setblocking(False)
try: srv.accept()
except BlockingIOError as e: print(type(e).__name__, e.errno == 11)
srv.close()
try: srv.accept()
except OSError as e: print(e.errno)
a, b = socket.socketpair()
print(select.select([a], [a], [], 0)[0] == [], select.select([a], [a], [], 0)[1] == [a])
b.sendall(b'line one\nline two\n')
print(select.select([a], [], [], 1)[0] == [a])
b.close()
with a.makefile('r') as f: print(list(f))
a.close()
u = socket.socket(type=socket.SOCK_DGRAM); u.bind(('127.0.0.1', 0))
v = socket.socket(type=socket.SOCK_DGRAM)
v.sendto(b'ping', u.getsockname())
d, who = u.recvfrom(100)
u.sendto(d + b'pong', who)
print(v.recvfrom(100)[0], who[0])
u.close(); v.close()
s = socket.socket()
try: s.connect(('127.0.0.1', port))
except ConnectionRefusedError: print('refused')
s.close()
