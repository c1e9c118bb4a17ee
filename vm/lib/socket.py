"""TCP and UDP over IPv4."""

import _socket

AF_UNSPEC, AF_INET, AF_INET6 = 0, 2, 10
SOCK_STREAM, SOCK_DGRAM = 1, 2
SOL_SOCKET, SO_REUSEADDR, SO_TYPE, SO_ERROR, SO_BROADCAST, SO_SNDBUF, SO_RCVBUF, SO_KEEPALIVE, SO_REUSEPORT = 1, 2, 3, 4, 6, 7, 8, 9, 15
IPPROTO_IP, IPPROTO_TCP, IPPROTO_UDP = 0, 6, 17
TCP_NODELAY = 1
SHUT_RD, SHUT_WR, SHUT_RDWR = 0, 1, 2
SOMAXCONN = 4096
INADDR_ANY = 0

error = OSError
timeout = TimeoutError


class herror(OSError):
    pass


class gaierror(OSError):
    pass


_default = [None]


def getdefaulttimeout():
    return _default[0]


def setdefaulttimeout(seconds):
    _default[0] = seconds


class socket:
    def __init__(self, family=AF_INET, type=SOCK_STREAM, proto=0, fileno=None):
        if family not in (AF_INET, -1):
            raise OSError(97, "Address family not supported by protocol")
        self.family = AF_INET
        self.type = type
        self.proto = proto
        self._timeout = _default[0]
        self._files = 0
        self._closing = False
        self._fd = -1
        self._fd = _socket.open(type) if fileno is None else fileno

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def __repr__(self):
        return "<socket.socket fd=%d, family=%d, type=%d, proto=%d>" % (self._fd, self.family, self.type, self.proto)

    def _open(self):
        if self._fd < 0:
            raise OSError(9, "Bad file descriptor")
        return self._fd

    def fileno(self):
        return self._fd

    def bind(self, address):
        _socket.bind(self._open(), address[0], address[1])

    def listen(self, backlog=128):
        _socket.listen(self._open(), backlog)

    def connect(self, address):
        _socket.connect(self._open(), address[0], address[1], self._timeout)

    def connect_ex(self, address):
        try:
            self.connect(address)
        except OSError as e:
            return e.errno
        return 0

    def accept(self):
        fd, address = _socket.accept(self._open(), self._timeout)
        return socket(self.family, self.type, self.proto, fd), address

    def send(self, data, flags=0):
        return _socket.send(self._open(), data, self._timeout)

    def sendall(self, data, flags=0):
        fd = self._open()
        data = bytes(data)
        n = _socket.send(fd, data, self._timeout)
        while n < len(data):
            n += _socket.send(fd, data[n:], self._timeout)

    def sendto(self, data, *args):
        address = args[-1]
        return _socket.sendto(self._open(), data, address[0], address[1], self._timeout)

    def recv(self, size, flags=0):
        return _socket.recv(self._open(), size, self._timeout)

    def recvfrom(self, size, flags=0):
        return _socket.recvfrom(self._open(), size, self._timeout)

    def recv_into(self, buffer, nbytes=0, flags=0):
        data = self.recv(nbytes or len(buffer))
        buffer[:len(data)] = data
        return len(data)

    def close(self):
        if self._files > 0:
            self._closing = True
            return
        fd, self._fd = self._fd, -1
        if fd >= 0:
            _socket.close(fd)

    def _file_closed(self):
        self._files -= 1
        if self._closing and self._files == 0:
            self.close()

    def detach(self):
        fd, self._fd = self._fd, -1
        return fd

    def shutdown(self, how):
        _socket.shutdown(self._open(), how)

    def settimeout(self, seconds):
        if seconds is not None and seconds < 0:
            raise ValueError("Timeout value out of range")
        self._timeout = seconds

    def gettimeout(self):
        return self._timeout

    def setblocking(self, flag):
        self._timeout = None if flag else 0.0

    def getblocking(self):
        return self._timeout != 0.0

    def setsockopt(self, level, name, value):
        _socket.setsockopt(self._open(), level, name, int(value))

    def getsockopt(self, level, name):
        return _socket.getsockopt(self._open(), level, name)

    def getsockname(self):
        return _socket.getsockname(self._open())

    def getpeername(self):
        return _socket.getpeername(self._open())

    def makefile(self, mode='r', buffering=None, *, encoding=None, errors=None, newline=None):
        self._files += 1
        return SocketFile(self, mode, encoding or 'utf-8', buffering)


SocketType = socket


class SocketFile:
    """A file over a stream socket: buffered for reading, and for writing until flush."""

    def __init__(self, sock, mode, encoding, buffering):
        self._sock = sock
        self._text = 'b' not in mode
        self._encoding = encoding
        self._unbuffered = buffering == 0
        self._in = b''
        self._out = []
        self.closed = False
        self.mode = mode

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def __iter__(self):
        while True:
            line = self.readline()
            if not line:
                return
            yield line

    def fileno(self):
        return self._sock.fileno()

    def readable(self):
        return 'r' in self.mode

    def writable(self):
        return 'w' in self.mode

    def _give(self, data):
        return data.decode(self._encoding).replace('\r\n', '\n') if self._text else data

    def read(self, size=-1):
        if size is None or size < 0:
            parts = [self._in]
            self._in = b''
            while True:
                data = self._sock.recv(65536)
                if not data:
                    return self._give(b''.join(parts))
                parts.append(data)
        while len(self._in) < size:
            data = self._sock.recv(max(size - len(self._in), 8192))
            if not data:
                break
            self._in += data
        data, self._in = self._in[:size], self._in[size:]
        return self._give(data)

    def readline(self, limit=-1):
        while True:
            i = self._in.find(b'\n')
            if i >= 0 or 0 <= limit <= len(self._in):
                n = i + 1 if i >= 0 else limit
                if 0 <= limit < n:
                    n = limit
                break
            data = self._sock.recv(8192)
            if not data:
                n = len(self._in)
                break
            self._in += data
        data, self._in = self._in[:n], self._in[n:]
        return self._give(data)

    def readlines(self):
        return list(self)

    def write(self, data):
        n = len(data)
        self._out.append(data.encode(self._encoding) if self._text else bytes(data))
        if self._unbuffered:
            self.flush()
        return n

    def flush(self):
        if self._out:
            data = b''.join(self._out)
            self._out = []
            self._sock.sendall(data)

    def close(self):
        if not self.closed:
            self.closed = True
            self.flush()
            self._sock._file_closed()


def create_connection(address, timeout=None, source_address=None):
    s = socket()
    try:
        if timeout is not None:
            s.settimeout(timeout)
        s.connect(address)
    except BaseException:
        s.close()
        raise
    return s


def create_server(address, *, family=AF_INET, backlog=None, reuse_port=False):
    s = socket(family)
    s.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
    s.bind(address)
    s.listen(backlog or 128)
    return s


def socketpair():
    with create_server(('127.0.0.1', 0)) as server:
        a = create_connection(server.getsockname())
        b, _ = server.accept()
        return a, b


def gethostname():
    return 'localhost'


def gethostbyname(name):
    return '127.0.0.1' if name == 'localhost' else name


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    kinds = [type] if type else [SOCK_STREAM, SOCK_DGRAM]
    return [(AF_INET, k, IPPROTO_TCP if k == SOCK_STREAM else IPPROTO_UDP, '', (gethostbyname(host), port)) for k in kinds]


def inet_aton(s):
    return bytes(int(x) for x in s.split('.'))


def inet_ntoa(b):
    return '.'.join(str(x) for x in b)


def htons(n):
    return (n & 0xff) << 8 | n >> 8


ntohs = htons


def htonl(n):
    return (n & 0xff) << 24 | (n & 0xff00) << 8 | (n >> 8 & 0xff00) | n >> 24


ntohl = htonl
