"""The Unpickler: a machine with a stack, marks, and a memo, whose instructions are the bytes of a pickle."""

import sys as _sys

import _compat_pickle as _compat
import copyreg as _copyreg

from ._parts import UnpicklingError, decode_long, get_attribute, unpack_float


class _Stop(Exception):
    pass


_escapes = {110: 10, 116: 9, 114: 13, 97: 7, 98: 8, 102: 12, 118: 11, 92: 92, 39: 39, 34: 34}


def _unescape(data):
    """The bytes that a literal in Python 2 stood for."""
    out, i = bytearray(), 0
    while i < len(data):
        c = data[i]
        i += 1
        if c != 92:
            out.append(c)
            continue
        c = data[i] if i < len(data) else -1
        i += 1
        if c in _escapes:
            out.append(_escapes[c])
        elif c == 120:
            out.append(int(data[i:i + 2], 16))
            i += 2
        elif 48 <= c <= 55:
            n = 1
            while n < 3 and i - 1 + n < len(data) and 48 <= data[i - 1 + n] <= 55:
                n += 1
            out.append(int(data[i - 1:i - 1 + n], 8) & 255)
            i += n - 1
        elif c == -1:
            raise ValueError("Trailing \\ in string")
        elif c != 10:
            out += b"\\" + bytes((c,))
    return bytes(out)


class _Source:
    """The bytes of a pickle: those of the current frame first."""

    def __init__(self, read, readline):
        self._read, self._readline = read, readline
        self.frame, self.at = None, 0

    def read(self, n):
        if self.frame is not None:
            data = self.frame[self.at:self.at + n]
            self.at += len(data)
            if not data and n:
                self.frame = None
                return self._full(n)
            if len(data) < n:
                raise UnpicklingError("pickle exhausted before end of frame")
            return data
        return self._full(n)

    def _full(self, n):
        data = self._read(n)
        if len(data) < n:
            raise UnpicklingError("pickle data was truncated")
        return data

    def readline(self):
        if self.frame is not None:
            i = self.frame.find(b"\n", self.at)
            if i >= 0:
                line = self.frame[self.at:i]
                self.at = i + 1
                return line
            if self.at < len(self.frame):
                raise UnpicklingError("pickle exhausted before end of frame")
            self.frame = None
        line = self._readline()
        if not line:
            raise EOFError("Ran out of input")
        if line[-1:] != b"\n":
            raise UnpicklingError("pickle data was truncated")
        return line[:-1]

    def load_frame(self, n):
        if self.frame is not None and self.at < len(self.frame):
            raise UnpicklingError("beginning of a new frame before end of current frame")
        self.frame = self._full(n) if n else b""
        self.at = 0


class Unpickler:
    """Reads pickles from a file."""

    def __init__(self, file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
        try:
            self._source = _Source(file.read, file.readline)
        except AttributeError:
            raise TypeError("file must have 'read' and 'readline' attributes") from None
        self._buffers = iter(buffers) if buffers is not None else None
        self.memo = {}
        self.encoding, self.errors = encoding, errors
        self.proto = 0
        self.fix_imports = fix_imports

    def load(self):
        """The object of the next pickle."""
        if not hasattr(self, "_source"):
            raise UnpicklingError("Unpickler.__init__() was not called by %s.__init__()" % type(self).__name__)
        self._source.frame = None
        self.read, self.readline = self._source.read, self._source.readline
        self.stack, self._marks = [], []
        self.append = self.stack.append
        self.proto = 0
        read, table = self.read, _table
        try:
            while True:
                try:
                    key = read(1)[0]
                except UnpicklingError:
                    raise EOFError("Ran out of input") from None
                f = table[key]
                if f is None:
                    shown = "\\x%02x" % key if key < 32 or key > 126 else chr(key)
                    raise UnpicklingError("invalid load key, '%s'." % shown)
                try:
                    f(self)
                except IndexError:
                    raise UnpicklingError("unpickling stack underflow") from None
        except _Stop as stop:
            return stop.args[0]

    def persistent_load(self, pid):
        raise UnpicklingError("A load persistent id instruction was encountered, but no persistent_load function was specified.")

    def find_class(self, module, name):
        """The object of a name; for subclasses to restrict."""
        if self.proto < 3 and self.fix_imports:
            if (module, name) in _compat.name_mapping:
                module, name = _compat.name_mapping[module, name]
            elif module in _compat.import_mapping:
                module = _compat.import_mapping[module]
        __import__(module, level=0)
        if self.proto < 4 and "." in name:
            return getattr(_sys.modules[module], name)
        return get_attribute(_sys.modules[module], name)[0]

    def _pop_mark(self):
        if not self._marks:
            raise UnpicklingError("could not find MARK")
        items = self.stack
        self.stack = self._marks.pop()
        self.append = self.stack.append
        return items

    def _number(self, n):
        return int.from_bytes(self.read(n), "little")

    def load_proto(self):
        proto = self.read(1)[0]
        if proto > 5:
            raise ValueError("unsupported pickle protocol: %d" % proto)
        self.proto = proto

    def load_frame(self):
        self._source.load_frame(self._number(8))

    def load_mark(self):
        self._marks.append(self.stack)
        self.stack = []
        self.append = self.stack.append

    def load_stop(self):
        raise _Stop(self.stack.pop())

    def load_pop(self):
        if self.stack:
            del self.stack[-1]
        else:
            self._pop_mark()

    def load_pop_mark(self):
        self._pop_mark()

    def load_dup(self):
        self.append(self.stack[-1])

    def load_persid(self):
        try:
            pid = self.readline().decode("ascii")
        except UnicodeDecodeError:
            raise UnpicklingError("persistent IDs in protocol 0 must be ASCII strings") from None
        self.append(self.persistent_load(pid))

    def load_binpersid(self):
        self.append(self.persistent_load(self.stack.pop()))

    def load_int(self):
        data = self.readline()
        if data == b"00":
            self.append(False)
        elif data == b"01":
            self.append(True)
        else:
            try:
                self.append(int(data, 0))
            except ValueError:
                raise ValueError("could not convert string to int") from None

    def load_binint(self):
        self.append(int.from_bytes(self.read(4), "little", signed=True))

    def load_binint1(self):
        self.append(self.read(1)[0])

    def load_binint2(self):
        self.append(self._number(2))

    def load_long(self):
        data = self.readline()
        if data[-1:] == b"L":
            data = data[:-1]
        self.append(int(data, 0))

    def load_long1(self):
        self.append(decode_long(self.read(self.read(1)[0])))

    def load_long4(self):
        n = int.from_bytes(self.read(4), "little", signed=True)
        if n < 0:
            raise UnpicklingError("LONG pickle has negative byte count")
        self.append(decode_long(self.read(n)))

    def load_float(self):
        try:
            self.append(float(self.readline()))
        except ValueError:
            raise ValueError("could not convert string to float") from None

    def load_binfloat(self):
        self.append(unpack_float(self.read(8)))

    def _decode_string(self, data):
        return data if self.encoding == "bytes" else data.decode(self.encoding, self.errors)

    def load_string(self):
        data = self.readline()
        if len(data) < 2 or data[:1] != data[-1:] or data[:1] not in (b'"', b"'"):
            raise UnpicklingError("the STRING opcode argument must be quoted")
        self.append(self._decode_string(_unescape(data[1:-1])))

    def load_binstring(self):
        n = int.from_bytes(self.read(4), "little", signed=True)
        if n < 0:
            raise UnpicklingError("BINSTRING pickle has negative byte count")
        self.append(self._decode_string(self.read(n)))

    def load_short_binstring(self):
        self.append(self._decode_string(self.read(self.read(1)[0])))

    def load_unicode(self):
        s, out, i = self.readline().decode("latin-1"), [], 0
        while i < len(s):
            c = s[i]
            j = i
            while s[j:j + 1] == "\\":
                j += 1
            if j > i and (j - i) % 2 and s[j:j + 1] in ("u", "U"):
                n = 4 if s[j] == "u" else 8
                out.append(s[i:j - 1] + chr(int(s[j + 1:j + 1 + n], 16)))
                i = j + 1 + n
            elif j > i:
                out.append(s[i:j])
                i = j
            else:
                out.append(c)
                i += 1
        self.append("".join(out))

    def load_binunicode(self):
        self.append(str(self.read(self._number(4)), "utf-8", "surrogatepass"))

    def load_binunicode8(self):
        self.append(str(self.read(self._length(8, "BINUNICODE8")), "utf-8", "surrogatepass"))

    def load_short_binunicode(self):
        self.append(str(self.read(self.read(1)[0]), "utf-8", "surrogatepass"))

    def _length(self, n, name):
        size = self._number(n)
        if size > _sys.maxsize:
            raise OverflowError("%s exceeds system's maximum size of %d bytes" % (name, _sys.maxsize))
        return size

    def load_binbytes(self):
        self.append(self.read(self._number(4)))

    def load_short_binbytes(self):
        self.append(self.read(self.read(1)[0]))

    def load_binbytes8(self):
        self.append(self.read(self._length(8, "BINBYTES8")))

    def load_bytearray8(self):
        self.append(bytearray(self.read(self._length(8, "BYTEARRAY8"))))

    def load_next_buffer(self):
        if self._buffers is None:
            raise UnpicklingError("pickle stream refers to out-of-band data but no *buffers* argument was given")
        try:
            self.append(next(self._buffers))
        except StopIteration:
            raise UnpicklingError("not enough out-of-band buffers") from None

    def load_readonly_buffer(self):
        with memoryview(self.stack[-1]) as m:
            if not m.readonly:
                self.stack[-1] = m.toreadonly()

    def load_none(self):
        self.append(None)

    def load_true(self):
        self.append(True)

    def load_false(self):
        self.append(False)

    def load_tuple(self):
        items = self._pop_mark()
        self.append(tuple(items))

    def load_empty_tuple(self):
        self.append(())

    def load_tuple1(self):
        self.stack[-1] = (self.stack[-1],)

    def load_tuple2(self):
        self.stack[-2:] = [(self.stack[-2], self.stack[-1])]

    def load_tuple3(self):
        self.stack[-3:] = [(self.stack[-3], self.stack[-2], self.stack[-1])]

    def load_empty_list(self):
        self.append([])

    def load_empty_dict(self):
        self.append({})

    def load_empty_set(self):
        self.append(set())

    def load_frozenset(self):
        items = self._pop_mark()
        self.append(frozenset(items))

    def load_list(self):
        items = self._pop_mark()
        self.append(items)

    def load_dict(self):
        items = self._pop_mark()
        if len(items) % 2:
            raise UnpicklingError("odd number of items for DICT")
        self.append(dict(zip(items[::2], items[1::2])))

    def _instantiate(self, cls, args):
        if args or not isinstance(cls, type) or hasattr(cls, "__getinitargs__"):
            return cls(*args)
        return cls.__new__(cls)

    def load_inst(self):
        module = self.readline().decode("ascii")
        name = self.readline().decode("ascii")
        args = self._pop_mark()
        self.append(self._instantiate(self.find_class(module, name), args))

    def load_obj(self):
        args = self._pop_mark()
        cls = args.pop(0)
        self.append(self._instantiate(cls, args))

    def load_newobj(self):
        args = self.stack.pop()
        cls = self.stack[-1]
        self._check_new(cls, args, "NEWOBJ")
        self.stack[-1] = cls.__new__(cls, *args)

    def _check_new(self, cls, args, what):
        if not isinstance(cls, type):
            raise UnpicklingError("%s class argument must be a type, not %s" % (what, type(cls).__name__))
        if not isinstance(args, tuple):
            raise UnpicklingError("%s args argument must be a tuple, not %s" % (what, type(args).__name__))

    def load_newobj_ex(self):
        kwargs = self.stack.pop()
        args = self.stack.pop()
        cls = self.stack.pop()
        self._check_new(cls, args, "NEWOBJ_EX")
        if not isinstance(kwargs, dict):
            raise UnpicklingError("NEWOBJ_EX kwargs argument must be a dict, not %s" % type(kwargs).__name__)
        self.append(cls.__new__(cls, *args, **kwargs))

    def load_global(self):
        module = self.readline().decode("utf-8")
        name = self.readline().decode("utf-8")
        self.append(self.find_class(module, name))

    def load_stack_global(self):
        name = self.stack.pop()
        module = self.stack.pop()
        if type(name) is not str or type(module) is not str:
            raise UnpicklingError("STACK_GLOBAL requires str")
        self.append(self.find_class(module, name))

    def load_ext1(self):
        self._extension(self.read(1)[0])

    def load_ext2(self):
        self._extension(self._number(2))

    def load_ext4(self):
        self._extension(int.from_bytes(self.read(4), "little", signed=True))

    def _extension(self, code):
        try:
            self.append(_copyreg._extension_cache[code])
            return
        except KeyError:
            pass
        key = _copyreg._inverted_registry.get(code)
        if key is None:
            if code <= 0:
                raise UnpicklingError("EXT specifies code <= 0")
            raise ValueError("unregistered extension code %d" % code)
        obj = self.find_class(*key)
        _copyreg._extension_cache[code] = obj
        self.append(obj)

    def load_reduce(self):
        args = self.stack.pop()
        func = self.stack[-1]
        self.stack[-1] = func(*args)

    def _memoized(self, i):
        try:
            self.append(self.memo[i])
        except KeyError:
            raise UnpicklingError("Memo value not found at index %d" % i) from None

    def load_get(self):
        self._memoized(int(self.readline()))

    def load_binget(self):
        self._memoized(self.read(1)[0])

    def load_long_binget(self):
        self._memoized(self._number(4))

    def load_put(self):
        i = int(self.readline())
        if i < 0:
            raise ValueError("negative PUT argument")
        self.memo[i] = self.stack[-1]

    def load_binput(self):
        self.memo[self.read(1)[0]] = self.stack[-1]

    def load_long_binput(self):
        self.memo[self._number(4)] = self.stack[-1]

    def load_memoize(self):
        self.memo[len(self.memo)] = self.stack[-1]

    def load_append(self):
        value = self.stack.pop()
        target = self.stack[-1]
        target.append(value)

    def load_appends(self):
        items = self._pop_mark()
        target = self.stack[-1]
        if hasattr(target, "extend"):
            target.extend(items)
        else:
            for x in items:
                target.append(x)

    def load_setitem(self):
        value = self.stack.pop()
        key = self.stack.pop()
        self.stack[-1][key] = value

    def load_setitems(self):
        items = self._pop_mark()
        if len(items) % 2:
            raise UnpicklingError("odd number of items for SETITEMS")
        target = self.stack[-1]
        for i in range(0, len(items), 2):
            target[items[i]] = items[i + 1]

    def load_additems(self):
        items = self._pop_mark()
        target = self.stack[-1]
        if isinstance(target, set):
            target.update(items)
        else:
            for x in items:
                target.add(x)

    def load_build(self):
        state = self.stack.pop()
        target = self.stack[-1]
        setstate = getattr(target, "__setstate__", None)
        if setstate is not None:
            setstate(state)
            return
        slots = None
        if isinstance(state, tuple) and len(state) == 2:
            state, slots = state
        if state:
            if not isinstance(state, dict):
                raise UnpicklingError("state is not a dictionary")
            attributes = target.__dict__
            for k, v in state.items():
                attributes[_sys.intern(k) if type(k) is str else k] = v
        if slots:
            if not isinstance(slots, dict):
                raise UnpicklingError("slot state is not a dictionary")
            for k, v in slots.items():
                setattr(target, k, v)


_table = [None] * 256
for _key, _name in zip("(.012FIJKLMNPQRSTUVXabcdeghijlopqrst)u}]G\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8bBC\x8c\x8d\x8e\x8f\x90\x91\x92\x93\x94\x95\x96\x97\x98", (
        "mark stop pop pop_mark dup float int binint binint1 long binint2 none persid binpersid reduce string binstring short_binstring "
        "unicode binunicode append build global dict appends get binget inst long_binget list obj put binput long_binput setitem tuple "
        "empty_tuple setitems empty_dict empty_list binfloat proto newobj ext1 ext2 ext4 tuple1 tuple2 tuple3 true false long1 long4 "
        "binbytes short_binbytes short_binunicode binunicode8 binbytes8 empty_set additems frozenset newobj_ex stack_global memoize frame "
        "bytearray8 next_buffer readonly_buffer").split()):
    _table[ord(_key)] = getattr(Unpickler, "load_" + _name)
Unpickler.__module__ = "pickle"
