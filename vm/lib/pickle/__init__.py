"""Objects as bytes and back: protocols 0 to 5. Do not load pickles that you do not trust: they can call anything."""

import io as _io

from ._load import Unpickler
from ._parts import PickleBuffer, PickleError, PicklingError, UnpicklingError, decode_long, encode_long, whichmodule
from ._save import Pickler

__all__ = ["PickleError", "PicklingError", "UnpicklingError", "Pickler", "Unpickler", "dump", "dumps", "load", "loads", "PickleBuffer",
           "HIGHEST_PROTOCOL", "DEFAULT_PROTOCOL"]

format_version = "4.0"
compatible_formats = ["1.0", "1.1", "1.2", "1.3", "2.0", "3.0", "4.0", "5.0"]
HIGHEST_PROTOCOL = 5
DEFAULT_PROTOCOL = 4
_Pickler, _Unpickler = Pickler, Unpickler


def dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None):
    """Write the pickle of an object to a file."""
    Pickler(file, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback).dump(obj)


def dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None):
    """The pickle of an object."""
    file = _io.BytesIO()
    Pickler(file, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback).dump(obj)
    return file.getvalue()


def load(file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    """The object of the pickle that a file has next."""
    return Unpickler(file, fix_imports=fix_imports, buffers=buffers, encoding=encoding, errors=errors).load()


def loads(data, /, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    """The object of a pickle."""
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    return Unpickler(_io.BytesIO(data), fix_imports=fix_imports, buffers=buffers, encoding=encoding, errors=errors).load()


_dump, _dumps, _load, _loads = dump, dumps, load, loads

# The names of the instructions.
for _line in """MARK=( STOP=. POP=0 POP_MARK=1 DUP=2 FLOAT=F INT=I BININT=J BININT1=K LONG=L BININT2=M NONE=N PERSID=P BINPERSID=Q REDUCE=R
STRING=S BINSTRING=T SHORT_BINSTRING=U UNICODE=V BINUNICODE=X APPEND=a BUILD=b GLOBAL=c DICT=d EMPTY_DICT=} APPENDS=e GET=g BINGET=h INST=i
LONG_BINGET=j LIST=l EMPTY_LIST=] OBJ=o PUT=p BINPUT=q LONG_BINPUT=r SETITEM=s TUPLE=t EMPTY_TUPLE=) SETITEMS=u BINFLOAT=G PROTO=\x80
NEWOBJ=\x81 EXT1=\x82 EXT2=\x83 EXT4=\x84 TUPLE1=\x85 TUPLE2=\x86 TUPLE3=\x87 NEWTRUE=\x88 NEWFALSE=\x89 LONG1=\x8a LONG4=\x8b BINBYTES=B
SHORT_BINBYTES=C SHORT_BINUNICODE=\x8c BINUNICODE8=\x8d BINBYTES8=\x8e EMPTY_SET=\x8f ADDITEMS=\x90 FROZENSET=\x91 NEWOBJ_EX=\x92
STACK_GLOBAL=\x93 MEMOIZE=\x94 FRAME=\x95 BYTEARRAY8=\x96 NEXT_BUFFER=\x97 READONLY_BUFFER=\x98""".split():
    _name, _key = _line.split("=", 1)
    globals()[_name] = _key.encode("latin-1")
    __all__.append(_name)
TRUE, FALSE = b"I01\n", b"I00\n"
