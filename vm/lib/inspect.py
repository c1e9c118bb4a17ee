"""Look at live objects."""

import sys
import types

CO_VARARGS, CO_VARKEYWORDS, CO_GENERATOR = 4, 8, 32


def ismodule(o):
    return isinstance(o, types.ModuleType)


def isclass(o):
    return isinstance(o, type)


def isfunction(o):
    return isinstance(o, types.FunctionType)


def ismethod(o):
    return isinstance(o, types.MethodType)


def isbuiltin(o):
    return isinstance(o, types.BuiltinFunctionType)


def isroutine(o):
    return isbuiltin(o) or isfunction(o) or ismethod(o) or isinstance(o, types.MethodDescriptorType)


def isgeneratorfunction(o):
    return isfunction(o) and bool(o.__code__.co_flags & CO_GENERATOR)


def isgenerator(o):
    return isinstance(o, types.GeneratorType)


def iscoroutinefunction(o):
    return False


def iscoroutine(o):
    return False


def isawaitable(o):
    return False


def isasyncgenfunction(o):
    return False


def iscode(o):
    return isinstance(o, types.CodeType)


def istraceback(o):
    return isinstance(o, types.TracebackType)


def isdatadescriptor(o):
    return not isclass(o) and not isfunction(o) and (hasattr(type(o), "__set__") or hasattr(type(o), "__delete__"))


def isabstract(o):
    return isinstance(o, type) and bool(getattr(o, "__abstractmethods__", None))


def getmembers(object, predicate=None):
    out = []
    for name in dir(object):
        try:
            value = getattr(object, name)
        except AttributeError:
            continue
        if predicate is None or predicate(value):
            out.append((name, value))
    return sorted(out, key=lambda p: p[0])


def getmro(cls):
    return cls.__mro__


def getmodule(o):
    return sys.modules.get(getattr(o, "__module__", None) or getattr(o, "__name__", None))


def cleandoc(doc):
    lines = doc.expandtabs().split("\n")
    margin = min((len(l) - len(l.lstrip(" ")) for l in lines[1:] if l.strip()), default=0)
    lines = [lines[0].lstrip(" ")] + [l[margin:] for l in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


def getdoc(o):
    doc = getattr(o, "__doc__", None)
    return cleandoc(doc) if isinstance(doc, str) else None


def unwrap(func, *, stop=None):
    while hasattr(func, "__wrapped__") and not (stop and stop(func)):
        func = func.__wrapped__
    return func


def getfile(o):
    if ismodule(o):
        return o.__file__
    if isclass(o):
        return sys.modules[o.__module__].__file__
    if ismethod(o):
        o = o.__func__
    return o.__code__.co_filename


getsourcefile = getfile


def getsourcelines(o):
    o = unwrap(o)
    if ismethod(o):
        o = o.__func__
    with open(getfile(o)) as f:
        lines = f.readlines()
    if ismodule(o):
        return lines, 0
    start = (o.__firstlineno__ if isclass(o) else o.__code__.co_firstlineno) - 1
    indent = len(lines[start]) - len(lines[start].lstrip())
    end = start + 1
    seen = not lines[start].lstrip().startswith("@")
    while end < len(lines):
        line = lines[end]
        if line.strip() and len(line) - len(line.lstrip()) <= indent and not line.lstrip().startswith((")", "@")):
            if seen:
                break
            seen = True
        end += 1
    while not lines[end - 1].strip():
        end -= 1
    return lines[start:end], start + 1


def getsource(o):
    return "".join(getsourcelines(o)[0])


def currentframe():
    return sys._getframe(1)


def stack(context=1):
    frame, out = sys._getframe(1), []
    while frame is not None:
        out.append(FrameInfo((frame, frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name, None, None)))
        frame = frame.f_back
    return out


class FrameInfo(tuple):
    frame = property(lambda s: s[0])
    filename = property(lambda s: s[1])
    lineno = property(lambda s: s[2])
    function = property(lambda s: s[3])


class _empty:
    pass


class _Kind(int):
    names = ("POSITIONAL_ONLY", "POSITIONAL_OR_KEYWORD", "VAR_POSITIONAL", "KEYWORD_ONLY", "VAR_KEYWORD")
    words = ("positional-only", "positional or keyword", "variadic positional", "keyword-only", "variadic keyword")
    name = property(lambda self: self.names[self])
    description = property(lambda self: self.words[self])

    def __str__(self):
        return self.names[self]

    def __repr__(self):
        return "<_ParameterKind.%s: %d>" % (self.names[self], int(self))


def _ann(a):
    if isinstance(a, type):
        return a.__qualname__ if a.__module__ in ("builtins", "__main__") and a.__module__ == "builtins" else "%s.%s" % (a.__module__, a.__qualname__)
    return repr(a)


class Parameter:
    POSITIONAL_ONLY, POSITIONAL_OR_KEYWORD, VAR_POSITIONAL, KEYWORD_ONLY, VAR_KEYWORD = map(_Kind, range(5))
    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        self.name, self.kind, self.default, self.annotation = name, _Kind(kind), default, annotation

    def replace(self, **kw):
        d = {"name": self.name, "kind": self.kind, "default": self.default, "annotation": self.annotation}
        d.update(kw)
        return Parameter(**d)

    def __str__(self):
        s = self.name
        if self.annotation is not _empty:
            s += ": " + _ann(self.annotation)
        if self.default is not _empty:
            s += (" = %r" if self.annotation is not _empty else "=%r") % (self.default,)
        return {2: "*", 4: "**"}.get(self.kind, "") + s

    def __repr__(self):
        return '<Parameter "%s">' % self

    def __eq__(self, other):
        return isinstance(other, Parameter) and (self.name, self.kind, self.default, self.annotation) == (other.name, other.kind, other.default, other.annotation)

    def __hash__(self):
        return hash((self.name, self.kind))


class BoundArguments:
    def __init__(self, signature, arguments):
        self.signature, self.arguments = signature, arguments

    @property
    def args(self):
        out = []
        for p in self.signature.parameters.values():
            if p.kind in (3, 4) or p.name not in self.arguments:
                break
            if p.kind == 2:
                out.extend(self.arguments[p.name])
            else:
                out.append(self.arguments[p.name])
        return tuple(out)

    @property
    def kwargs(self):
        out, started = {}, False
        for p in self.signature.parameters.values():
            if not started and (p.kind in (3, 4) or p.name not in self.arguments):
                started = True
            if started and p.name in self.arguments:
                if p.kind == 4:
                    out.update(self.arguments[p.name])
                elif p.kind != 2:
                    out[p.name] = self.arguments[p.name]
        return out

    def apply_defaults(self):
        new = {}
        for p in self.signature.parameters.values():
            if p.name in self.arguments:
                new[p.name] = self.arguments[p.name]
            elif p.default is not _empty:
                new[p.name] = p.default
            elif p.kind == 2:
                new[p.name] = ()
            elif p.kind == 4:
                new[p.name] = {}
        self.arguments = new


class Signature:
    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty):
        self.parameters = types.MappingProxyType({p.name: p for p in parameters or ()})
        self.return_annotation = return_annotation

    def replace(self, *, parameters=_empty, return_annotation=_empty):
        return Signature(self.parameters.values() if parameters is _empty else parameters,
                         return_annotation=self.return_annotation if return_annotation is _empty else return_annotation)

    def _bind(self, args, kwargs, partial):
        out, args = {}, list(args)
        for p in self.parameters.values():
            if p.kind == 2:
                if args:
                    out[p.name] = tuple(args)
                args = []
            elif p.kind in (0, 1) and args:
                if p.name in kwargs and p.kind == 1:
                    raise TypeError("multiple values for argument %r" % p.name)
                out[p.name] = args.pop(0)
            elif p.kind in (1, 3) and p.name in kwargs:
                out[p.name] = kwargs.pop(p.name)
            elif p.kind == 4:
                if kwargs:
                    out[p.name] = kwargs
                kwargs = {}
            elif p.default is _empty and not partial:
                raise TypeError("missing a required %sargument: %r" % ("keyword-only " if p.kind == 3 else "", p.name))
        if args:
            raise TypeError("too many positional arguments")
        if kwargs:
            raise TypeError("got an unexpected keyword argument %r" % next(iter(kwargs)))
        return BoundArguments(self, out)

    def bind(self, /, *args, **kwargs):
        return self._bind(args, kwargs, False)

    def bind_partial(self, /, *args, **kwargs):
        return self._bind(args, kwargs, True)

    def __str__(self):
        out, slash, star = [], False, True
        for p in self.parameters.values():
            if p.kind == 0:
                slash = True
            elif slash:
                out.append("/")
                slash = False
            if p.kind == 2:
                star = False
            elif p.kind == 3 and star:
                out.append("*")
                star = False
            out.append(str(p))
        if slash:
            out.append("/")
        s = "(%s)" % ", ".join(out)
        if self.return_annotation is not _empty:
            s += " -> " + _ann(self.return_annotation)
        return s

    def __repr__(self):
        return "<Signature %s>" % self

    def __eq__(self, other):
        return isinstance(other, Signature) and list(self.parameters.values()) == list(other.parameters.values()) and self.return_annotation == other.return_annotation


def signature(obj, *, follow_wrapped=True, **kw):
    """The parameters of a callable."""
    if not callable(obj):
        raise TypeError("%r is not a callable object" % (obj,))
    if follow_wrapped and not isclass(obj):
        obj = unwrap(obj)
    if ismethod(obj):
        s = signature(obj.__func__)
        return s.replace(parameters=list(s.parameters.values())[1:])
    if isclass(obj):
        for name in ("__init__", "__new__"):
            f = getattr(obj, name)
            if isfunction(f):
                s = signature(f)
                return s.replace(parameters=list(s.parameters.values())[1:])
        if obj.__init__ is object.__init__:
            return Signature()
        raise ValueError("no signature found for builtin type %r" % obj)
    import functools
    if isinstance(obj, functools.partial):
        s = signature(obj.func)
        bound = s.bind_partial(*obj.args, **obj.keywords).arguments
        params = []
        for p in s.parameters.values():
            if p.name in obj.keywords:
                params.append(p.replace(default=obj.keywords[p.name], kind=3))
            elif p.name not in bound or p.kind == 2:
                params.append(p)
        return Signature(params, return_annotation=s.return_annotation)
    if not isfunction(obj):
        call = getattr(type(obj), "__call__", None)
        if isfunction(call):
            s = signature(call)
            return s.replace(parameters=list(s.parameters.values())[1:])
        raise ValueError("no signature found for builtin %r" % (obj,))
    c = obj.__code__
    ann = obj.__annotations__
    names = c.co_varnames
    n, kwonly = c.co_argcount, c.co_kwonlyargcount
    defaults, kwdefaults = obj.__defaults__ or (), obj.__kwdefaults__ or {}
    params = []
    for i, name in enumerate(names[:n]):
        k = i - (n - len(defaults))
        params.append(Parameter(name, 0 if i < c.co_posonlyargcount else 1, default=defaults[k] if k >= 0 else _empty, annotation=ann.get(name, _empty)))
    i = n + kwonly
    if c.co_flags & CO_VARARGS:
        params.append(Parameter(names[i], 2, annotation=ann.get(names[i], _empty)))
        i += 1
    for name in names[n:n + kwonly]:
        params.append(Parameter(name, 3, default=kwdefaults.get(name, _empty), annotation=ann.get(name, _empty)))
    if c.co_flags & CO_VARKEYWORDS:
        params.append(Parameter(names[i], 4, annotation=ann.get(names[i], _empty)))
    return Signature(params, return_annotation=ann.get("return", _empty))


class FullArgSpec(tuple):
    args = property(lambda s: s[0])
    varargs = property(lambda s: s[1])
    varkw = property(lambda s: s[2])
    defaults = property(lambda s: s[3])
    kwonlyargs = property(lambda s: s[4])
    kwonlydefaults = property(lambda s: s[5])
    annotations = property(lambda s: s[6])


def getfullargspec(func):
    f = func.__func__ if ismethod(func) else func
    ps = signature(f).parameters.values()
    names = [p.name for p in ps if p.kind < 2]
    star = next((p.name for p in ps if p.kind == 2), None)
    kw = next((p.name for p in ps if p.kind == 4), None)
    only = [p.name for p in ps if p.kind == 3]
    return FullArgSpec((names, star, kw, f.__defaults__, only, f.__kwdefaults__, f.__annotations__))


if sys.version_info[0] == 2:
    from collections import namedtuple
    ArgSpec = namedtuple("ArgSpec", "args varargs keywords defaults")

    def getargspec(func):
        """The names of the parameters, and the defaults."""
        spec = getfullargspec(func)
        return ArgSpec(*spec[:4])


GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED, GEN_CLOSED = "GEN_CREATED", "GEN_RUNNING", "GEN_SUSPENDED", "GEN_CLOSED"


def getgeneratorstate(generator):
    """What a generator is doing."""
    if generator.gi_running:
        return GEN_RUNNING
    if generator.gi_suspended:
        return GEN_SUSPENDED
    return GEN_CLOSED if generator.gi_frame is None else GEN_CREATED


def getgeneratorlocals(generator):
    """The values of a generator's variables."""
    if not isgenerator(generator):
        raise TypeError("%r is not a Python generator" % (generator,))
    frame = generator.gi_frame
    return {} if frame is None else frame.f_locals
