"""The Pickler: objects to the instructions of the pickle machine. The order and choice of instructions is that of CPython, so that
pickles are the same bytes."""

import sys as _sys

import builtins as _builtins
import copyreg as _copyreg
import _compat_pickle as _compat
from functools import partial as _partial

from ._parts import PickleBuffer, PicklingError, encode_long, get_attribute, pack_float, raw_unicode, whichmodule

_batch = 1000
_frame_min, _frame_target = 4, 64 * 1024


class Pickler:
    """Writes pickles to a file."""

    def __init__(self, file, protocol=None, *, fix_imports=True, buffer_callback=None):
        if protocol is None:
            protocol = 4
        if protocol < 0:
            protocol = 5
        elif not 0 <= protocol <= 5:
            raise ValueError("pickle protocol must be <= 5")
        if buffer_callback is not None and protocol < 5:
            raise ValueError("buffer_callback needs protocol >= 5")
        try:
            self._file_write = file.write
        except AttributeError:
            raise TypeError("file must have a 'write' attribute") from None
        self._buffer_callback = buffer_callback
        self.memo = {}
        self.proto = int(protocol)
        self.bin = protocol >= 1
        self.fast = 0
        self.fix_imports = fix_imports and protocol < 3

    def clear_memo(self):
        self.memo.clear()

    def dump(self, obj):
        """Write the pickle of an object."""
        if not hasattr(self, "_file_write"):
            raise PicklingError("Pickler.__init__() was not called by %s.__init__()" % type(self).__name__)
        self._out, self._size, self._framing = [], 0, False
        self._done = []
        if self.proto >= 2:
            self._done.append(b"\x80" + bytes((self.proto,)))
        self._framing = self.proto >= 4
        self.save(obj)
        self.write(b".")
        self._end_frame()
        self._file_write(b"".join(self._done))
        self._out = self._done = None

    def write(self, data):
        self._out.append(data)
        self._size += len(data)

    def _end_frame(self):
        if self._size:
            if self._framing and self._size >= _frame_min:
                self._done.append(b"\x95" + self._size.to_bytes(8, "little"))
            self._done.extend(self._out)
            self._out, self._size = [], 0

    def _write_large(self, header, payload):
        """Big payloads are not copied into frames."""
        if self._framing and len(payload) >= _frame_target:
            self._end_frame()
            self._done.append(header)
            self._done.append(payload)
        else:
            self.write(header)
            self.write(payload)

    def memoize(self, obj):
        if self.fast:
            return
        i = len(self.memo)
        self.memo[id(obj)] = i, obj
        if self.proto >= 4:
            self.write(b"\x94")
        elif not self.bin:
            self.write(b"p%d\n" % i)
        elif i < 256:
            self.write(b"q" + bytes((i,)))
        else:
            self.write(b"r" + i.to_bytes(4, "little"))

    def _get(self, i):
        if not self.bin:
            self.write(b"g%d\n" % i)
        elif i < 256:
            self.write(b"h" + bytes((i,)))
        else:
            self.write(b"j" + i.to_bytes(4, "little"))

    def persistent_id(self, obj):
        """For subclasses: the name of an object that is not in the pickle."""
        return None

    def save(self, obj, save_persistent_id=True):
        if self._framing and self._size >= _frame_target:
            self._end_frame()
        if save_persistent_id:
            pid = self.persistent_id(obj)
            if pid is not None:
                self._save_pers(pid)
                return
        t = type(obj)
        atom = _atoms.get(t)
        if atom is not None:
            atom(self, obj)
            return
        known = self.memo.get(id(obj))
        if known is not None:
            self._get(known[0])
            return
        rv = NotImplemented
        override = getattr(self, "reducer_override", None)
        f = _dispatch.get(t)
        if f is not None and (override is None or t in _before_override):
            f(self, obj)
            return
        if override is not None:
            rv = override(obj)
        if rv is NotImplemented:
            if f is not None:
                f(self, obj)
                return
            reduce = getattr(self, "dispatch_table", _copyreg.dispatch_table).get(t)
            if reduce is not None:
                rv = reduce(obj)
            elif issubclass(t, type):
                self.save_global(obj)
                return
            else:
                reduce = getattr(obj, "__reduce_ex__", None)
                if reduce is not None:
                    rv = reduce(self.proto)
                else:
                    reduce = getattr(obj, "__reduce__", None)
                    if reduce is None:
                        raise PicklingError("can't pickle %r object: %r" % (t.__name__, obj))
                    rv = reduce()
        if isinstance(rv, str):
            self.save_global(obj, rv)
            return
        if not isinstance(rv, tuple):
            raise PicklingError("__reduce__ must return a string or tuple")
        if not 2 <= len(rv) <= 6:
            raise PicklingError("tuple returned by __reduce__ must contain 2 through 6 elements")
        self.save_reduce(*rv, obj=obj)

    def _save_pers(self, pid):
        if self.bin:
            self.save(pid, save_persistent_id=False)
            self.write(b"Q")
        else:
            try:
                self.write(b"P" + str(pid).encode("ascii") + b"\n")
            except UnicodeEncodeError:
                raise PicklingError("persistent IDs in protocol 0 must be ASCII strings") from None

    def save_reduce(self, func, args, state=None, listitems=None, dictitems=None, state_setter=None, *, obj=None):
        if not callable(func):
            raise PicklingError("first item of the tuple returned by __reduce__ must be callable")
        if not isinstance(args, tuple):
            raise PicklingError("second item of the tuple returned by __reduce__ must be a tuple")
        for n, items in ((4, listitems), (5, dictitems)):
            if items is not None and not hasattr(type(items), "__next__"):
                raise PicklingError("%s element of the tuple returned by %s must be an iterator, not %s"
                                    % ("fourth" if n == 4 else "fifth", getattr(func, "__name__", "__reduce__"), type(items).__name__))
        if state_setter is not None and not callable(state_setter):
            raise PicklingError("sixth element of the tuple returned by %s must be a function, not %s"
                                % (getattr(func, "__name__", "__reduce__"), type(state_setter).__name__))
        name = getattr(func, "__name__", "")
        if self.proto >= 2 and name == "__newobj_ex__":
            cls, args, kwargs = args
            if not hasattr(cls, "__new__"):
                raise PicklingError("first item from NEWOBJ_EX argument tuple must be a class, not %s" % type(cls).__name__)
            if obj is not None and cls is not obj.__class__:
                raise PicklingError("first item from NEWOBJ_EX argument tuple has wrong class")
            if self.proto >= 4:
                self.save(cls)
                self.save(args)
                self.save(kwargs)
                self.write(b"\x92")
            else:
                self.save(_partial(cls.__new__, cls, *args, **kwargs))
                self.save(())
                self.write(b"R")
        elif self.proto >= 2 and name == "__newobj__":
            cls = args[0]
            if not hasattr(cls, "__new__"):
                raise PicklingError("args[0] from __newobj__ args has no __new__")
            if obj is not None and cls is not obj.__class__:
                raise PicklingError("args[0] from __newobj__ args has the wrong class")
            self.save(cls)
            self.save(args[1:])
            self.write(b"\x81")
        else:
            self.save(func)
            self.save(args)
            self.write(b"R")
        if obj is not None:
            if id(obj) in self.memo:
                self.write(b"0")
                self._get(self.memo[id(obj)][0])
            else:
                self.memoize(obj)
        if listitems is not None:
            self._batches(listitems, b"a", b"e", self.save)
        if dictitems is not None:
            self._batches(dictitems, b"s", b"u", self._save_pair)
        if state is not None:
            if state_setter is None:
                self.save(state)
                self.write(b"b")
            else:
                self.save(state_setter)
                self.save(obj)
                self.save(state)
                self.write(b"\x86R0")

    def _save_pair(self, pair):
        k, v = pair
        self.save(k)
        self.save(v)

    def _batches(self, items, one, many, save):
        """Items in instructions for up to 1000 at once; a single one has its own."""
        if not self.bin:
            for x in items:
                save(x)
                self.write(one)
            return
        items = iter(items)
        while True:
            part = _take(items)
            if len(part) > 1:
                self.write(b"(")
                for x in part:
                    save(x)
                self.write(many)
            elif part:
                save(part[0])
                self.write(one)
            if len(part) < _batch:
                return

    def save_list(self, obj):
        self.write(b"]" if self.bin else b"(l")
        self.memoize(obj)
        self._exact(obj, b"a", b"e", self.save)

    def save_dict(self, obj):
        self.write(b"}" if self.bin else b"(d")
        self.memoize(obj)
        n = len(obj)
        self._exact(obj.items(), b"s", b"u", self._save_pair)
        if len(obj) != n:
            raise RuntimeError("dictionary changed size during iteration")

    def _exact(self, items, one, many, save):
        """The same for a list or dict, whose length is known: the last batch may be a single item."""
        n = len(items)
        if not self.bin or n == 1:
            for x in items:
                save(x)
                self.write(one)
            return
        for i, x in enumerate(items):
            if i % _batch == 0:
                self.write(many + b"(" if i else b"(")
            save(x)
        if n:
            self.write(many)

    def save_tuple(self, obj):
        if not obj:
            self.write(b")" if self.bin else b"(t")
            return
        n = len(obj)
        short = n <= 3 and self.proto >= 2
        if not short:
            self.write(b"(")
        for x in obj:
            self.save(x)
        if id(obj) in self.memo:
            # It is in itself, and was built while its items were.
            self.write(b"0" * n if short else b"1" if self.bin else b"0" * (n + 1))
            self._get(self.memo[id(obj)][0])
            return
        self.write((b"\x85", b"\x86", b"\x87")[n - 1] if short else b"t")
        self.memoize(obj)

    def save_set(self, obj):
        if self.proto < 4:
            self.save_reduce(set, (list(obj),), obj=obj)
            return
        self.write(b"\x8f")
        self.memoize(obj)
        items = iter(obj)
        while True:
            part = _take(items)
            if part:
                self.write(b"(")
                for x in part:
                    self.save(x)
                self.write(b"\x90")
            if len(part) < _batch:
                return

    def save_frozenset(self, obj):
        if self.proto < 4:
            self.save_reduce(frozenset, (list(obj),), obj=obj)
            return
        self.write(b"(")
        for x in obj:
            self.save(x)
        if id(obj) in self.memo:
            self.write(b"1")
            self._get(self.memo[id(obj)][0])
            return
        self.write(b"\x91")
        self.memoize(obj)

    def save_none(self, obj):
        self.write(b"N")

    def save_bool(self, obj):
        if self.proto >= 2:
            self.write(b"\x88" if obj else b"\x89")
        else:
            self.write(b"I01\n" if obj else b"I00\n")

    def save_int(self, obj):
        if -0x80000000 <= obj <= 0x7fffffff:
            if not self.bin:
                self.write(b"I%d\n" % obj)
            elif 0 <= obj <= 255:
                self.write(b"K" + bytes((obj,)))
            elif 0 <= obj <= 65535:
                self.write(b"M" + obj.to_bytes(2, "little"))
            else:
                self.write(b"J" + obj.to_bytes(4, "little", signed=True))
        elif self.proto >= 2:
            data = encode_long(obj)
            if len(data) < 256:
                self.write(b"\x8a" + bytes((len(data),)) + data)
            else:
                self.write(b"\x8b" + len(data).to_bytes(4, "little") + data)
        else:
            self.write(b"L%dL\n" % obj)

    def save_float(self, obj):
        self.write(b"G" + pack_float(obj) if self.bin else b"F" + repr(obj).encode("ascii") + b"\n")

    def save_bytes(self, obj):
        if self.proto < 3:
            if not obj:
                self.save_reduce(bytes, (), obj=obj)
            else:
                import _codecs
                self.save_reduce(_codecs.encode, (str(obj, "latin1"), "latin1"), obj=obj)
            return
        n = len(obj)
        if n <= 255:
            self.write(b"C" + bytes((n,)) + obj)
        elif n > 0xffffffff and self.proto >= 4:
            self._write_large(b"\x8e" + n.to_bytes(8, "little"), obj)
        else:
            self._write_large(b"B" + n.to_bytes(4, "little"), obj)
        self.memoize(obj)

    def save_bytearray(self, obj):
        if self.proto < 5:
            self.save_reduce(bytearray, (bytes(obj),) if obj else (), obj=obj)
            return
        self._write_large(b"\x96" + len(obj).to_bytes(8, "little"), bytes(obj))
        self.memoize(obj)

    def save_buffer(self, obj):
        if self.proto < 5:
            raise PicklingError("PickleBuffer can only be pickled with protocol >= 5")
        view = obj.raw()
        if self._buffer_callback is not None and not self._buffer_callback(obj):
            self.write(b"\x97\x98" if view.readonly else b"\x97")
        elif view.readonly:
            self.save_bytes(view.tobytes())
        else:
            self.save_bytearray(bytearray(view.tobytes()))

    def save_str(self, obj):
        if self.bin:
            data = obj.encode("utf-8", "surrogatepass")
            n = len(data)
            if n <= 255 and self.proto >= 4:
                self.write(b"\x8c" + bytes((n,)) + data)
            elif n > 0xffffffff and self.proto >= 4:
                self._write_large(b"\x8d" + n.to_bytes(8, "little"), data)
            else:
                self._write_large(b"X" + n.to_bytes(4, "little"), data)
        else:
            self.write(b"V" + raw_unicode(obj) + b"\n")
        self.memoize(obj)

    def save_global(self, obj, name=None):
        """A class, a function or another object that is found by its name."""
        if name is None:
            name = getattr(obj, "__qualname__", None)
            if name is None:
                name = obj.__name__
        module_name = whichmodule(obj, name)
        try:
            __import__(module_name)
            module = _sys.modules[module_name]
        except (ImportError, KeyError, TypeError, ValueError):
            raise PicklingError("Can't pickle %r: import of module %r failed" % (obj, module_name)) from None
        try:
            found = get_attribute(module, name)[0]
        except AttributeError as e:
            if "<locals>" in name:
                raise AttributeError(*e.args) from None
            raise PicklingError("Can't pickle %r: attribute lookup %s on %s failed" % (obj, name, module_name)) from None
        if found is not obj:
            raise PicklingError("Can't pickle %r: it's not the same object as %s.%s" % (obj, module_name, name))
        if self.proto >= 2:
            code = _copyreg._extension_registry.get((module_name, name))
            if code is not None:
                if code <= 0xff:
                    self.write(b"\x82" + bytes((code,)))
                elif code <= 0xffff:
                    self.write(b"\x83" + code.to_bytes(2, "little"))
                else:
                    self.write(b"\x84" + code.to_bytes(4, "little"))
                return
        if self.proto >= 4:
            self.save(module_name)
            self.save(name)
            self.write(b"\x93")
        else:
            # A dotted name is what getattr says of its parts, one call around the other.
            name, *rest = name.split(".")
            for _ in rest:
                self.save(getattr)
                if self.proto < 2:
                    self.write(b"(")
            self._write_global(module_name, name)
            for part in rest:
                self.save(part)
                self.write(b"tR" if self.proto < 2 else b"\x86R")
        self.memoize(obj)

    def _write_global(self, module_name, name):
        if self.fix_imports:
            if (module_name, name) in _compat.reverse_name_mapping:
                module_name, name = _compat.reverse_name_mapping[module_name, name]
            elif module_name in _compat.reverse_import_mapping:
                module_name = _compat.reverse_import_mapping[module_name]
        try:
            coding = "utf-8" if self.proto >= 3 else "ascii"
            self.write(b"c" + module_name.encode(coding) + b"\n" + name.encode(coding) + b"\n")
        except UnicodeEncodeError:
            raise PicklingError("can't pickle global identifier '%s.%s' using pickle protocol %d" % (module_name, name, self.proto)) from None

    def save_type(self, obj):
        if obj is type(None):
            self.save_reduce(type, (None,), obj=obj)
        elif obj is type(NotImplemented):
            self.save_reduce(type, (NotImplemented,), obj=obj)
        elif obj is type(...):
            self.save_reduce(type, (...,), obj=obj)
        else:
            self.save_global(obj)


def _take(items):
    part = []
    for x in items:
        part.append(x)
        if len(part) == _batch:
            break
    return part


_atoms = {type(None): Pickler.save_none, bool: Pickler.save_bool, int: Pickler.save_int, float: Pickler.save_float}
_dispatch = {bytes: Pickler.save_bytes, bytearray: Pickler.save_bytearray, str: Pickler.save_str, tuple: Pickler.save_tuple,
             list: Pickler.save_list, dict: Pickler.save_dict, set: Pickler.save_set, frozenset: Pickler.save_frozenset,
             type(lambda: 0): Pickler.save_global, type: Pickler.save_type, PickleBuffer: Pickler.save_buffer}
for _name, _save in ("unicode", Pickler.save_str), ("long", Pickler.save_int):  # the 2.7 dialect
    if hasattr(_builtins, _name):
        _dispatch[getattr(_builtins, _name)] = _save
_before_override = {bytes, str, tuple, list, dict, set, frozenset, bytearray}
Pickler.dispatch = {**_atoms, **_dispatch}
Pickler.__module__ = "pickle"
