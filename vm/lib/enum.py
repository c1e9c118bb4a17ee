"""Enumerations."""

import sys as _sys

__all__ = ["Enum", "EnumMeta", "EnumType", "IntEnum", "StrEnum", "Flag", "IntFlag", "ReprEnum", "auto", "unique", "member", "nonmember",
           "property", "verify", "UNIQUE", "CONTINUOUS", "NAMED_FLAGS", "STRICT", "CONFORM", "EJECT", "KEEP", "global_enum"]

_property = property
STRICT, CONFORM, EJECT, KEEP = "strict", "conform", "eject", "keep"
UNIQUE, CONTINUOUS, NAMED_FLAGS = "one name per value", "no skipped values", "no unnamed aliases"


class auto:
    """A value to be chosen by the class."""
    _taken = object()

    def __init__(self, value=_taken):
        self.value = value


class member:
    """Force a value to become a member."""

    def __init__(self, value):
        self.value = value


class nonmember:
    """Keep a value from becoming a member."""

    def __init__(self, value):
        self.value = value


class property(_property):
    """A property of members that may share its name with a member."""

    def __set_name__(self, owner, name):
        self._name = name


def _is_dunder(name):
    return len(name) > 4 and name[:2] == name[-2:] == "__" and name[2] != "_" and name[-3] != "_"


def _is_sunder(name):
    return len(name) > 2 and name[0] == name[-1] == "_" and name[1] != "_" and name[-2] != "_"


def _is_descriptor(obj):
    return hasattr(obj, "__get__") or hasattr(obj, "__set__") or hasattr(obj, "__delete__")


class EnumDict(dict):
    """The namespace of an Enum's body: it knows which names are members."""

    def __init__(self, cls_name=None):
        super().__init__()
        self._member_names = {}
        self._last_values = []
        self._ignore = []
        self._generate = None
        self._cls_name = cls_name

    def __setitem__(self, key, value):
        if _is_sunder(key):
            if key == "_ignore_":
                self._ignore = value.replace(",", " ").split() if isinstance(value, str) else list(value)
            elif key == "_generate_next_value_":
                self._generate = value.__func__ if isinstance(value, staticmethod) else value
                value = staticmethod(self._generate)
        elif _is_dunder(key) or (self._cls_name and key.startswith("_%s__" % self._cls_name)):
            pass
        elif key in self._member_names:
            raise TypeError("%r already defined as %r" % (key, self[key]))
        elif key in self._ignore:
            pass
        elif isinstance(value, nonmember):
            value = value.value
        elif isinstance(value, member) or not _is_descriptor(value):
            if isinstance(value, member):
                value = value.value
            if key in self:
                raise TypeError("%r already defined as %r" % (key, self[key]))
            if isinstance(value, auto):
                if value.value is auto._taken:
                    value.value = self._generate(key, 1, len(self._member_names), self._last_values[:])
                value = value.value
            elif type(value) is tuple and any(isinstance(v, auto) for v in value):
                parts = []
                for v in value:
                    if isinstance(v, auto):
                        if v.value is auto._taken:
                            v.value = self._generate(key, 1, len(self._member_names), self._last_values[:])
                        v = v.value
                    parts.append(v)
                value = tuple(parts)
            self._member_names[key] = None
            self._last_values.append(value)
        super().__setitem__(key, value)


class EnumType(type):
    """Metaclass of Enum."""

    @classmethod
    def __prepare__(metacls, cls, bases, **kwds):
        metacls._check_bases(cls, bases)
        d = EnumDict(cls)
        _, first = metacls._mixins(bases)
        if first is not None:
            d._generate = getattr(first, "_generate_next_value_", None)
        return d

    @staticmethod
    def _check_bases(name, bases):
        for chain in bases:
            for base in chain.__mro__:
                if isinstance(base, EnumType) and base._member_names_:
                    raise TypeError("<enum %r> cannot extend %r" % (name, base))

    @staticmethod
    def _mixins(bases):
        """The data type that members derive from, and the Enum class."""
        if not bases:
            return object, None
        first = bases[-1]
        data = None
        for chain in bases:
            for base in chain.__mro__:
                if base is object:
                    continue
                if isinstance(base, EnumType):
                    if base._member_type_ is not object:
                        data = data or base._member_type_
                        break
                elif "__new__" in base.__dict__ or base in (int, str, float, bytes, tuple, complex):
                    data = data or base
                    break
        return data or object, first

    def __new__(metacls, cls, bases, classdict, *, boundary=None, _simple=False, **kwds):
        if not isinstance(classdict, EnumDict):
            d = EnumDict(cls)
            _, first = metacls._mixins(bases)
            if first is not None:
                d._generate = getattr(first, "_generate_next_value_", None)
            for key, value in classdict.items():
                d[key] = value
            classdict = d
        names = list(classdict._member_names)
        if "mro" in names:
            raise ValueError("invalid enum member name(s) 'mro'")
        for name in classdict._ignore:
            classdict.pop(name, None)
        classdict.pop("_ignore_", None)
        members = {name: classdict[name] for name in names}
        data_type, first_enum = metacls._mixins(bases)
        namespace = {k: v for k, v in classdict.items() if k not in members}
        namespace["_member_names_"] = []
        namespace["_member_map_"] = {}
        namespace["_value2member_map_"] = {}
        namespace["_unhashable_values_"] = []
        namespace["_member_type_"] = data_type
        user_new = namespace.get("__new__")
        if first_enum is not None:
            if user_new is not None:
                namespace["_new_member_"] = user_new if isinstance(user_new, staticmethod) else staticmethod(user_new)
            namespace["__new__"] = Enum.__dict__["__new__"]
        enum_class = super().__new__(metacls, cls, bases, namespace, **kwds)
        if first_enum is not None and data_type is not object:
            for name in ("__repr__", "__str__", "__format__", "__reduce_ex__"):
                found = getattr(enum_class, name)
                if name not in namespace and (found is getattr(data_type, name, None) or found is getattr(object, name)):
                    type.__setattr__(enum_class, name, getattr(Enum if Flag is None or not issubclass(enum_class, Flag) else Flag, name))
        is_flag = Flag is not None and issubclass(enum_class, Flag)
        if is_flag:
            enum_class._boundary_ = boundary or getattr(first_enum, "_boundary_", None) or STRICT
            enum_class._flag_mask_ = 0
            enum_class._singles_mask_ = 0
        make = getattr(enum_class, "_new_member_", None)
        for name in names:
            value = members[name]
            args = value if isinstance(value, tuple) and data_type is not tuple else (value,)
            if make is not None:
                obj = make(enum_class, *args)
            elif data_type is object:
                obj = object.__new__(enum_class)
            elif issubclass(data_type, (int, str, float, bytes, complex)) or data_type is tuple:
                obj = data_type.__new__(enum_class, *args)
            else:
                try:
                    obj = data_type.__new__(enum_class, *args)
                except TypeError:
                    obj = object.__new__(enum_class)
            if not hasattr(obj, "_value_"):
                if data_type is object or make is not None and data_type is object:
                    obj._value_ = value
                else:
                    try:
                        obj._value_ = data_type(*args)
                    except Exception:
                        obj._value_ = value
            value = obj._value_
            canonical = None
            try:
                canonical = enum_class._value2member_map_.get(value)
            except TypeError:
                for m in enum_class._member_map_.values():
                    if m._value_ == value:
                        canonical = m
                        break
            multi = is_flag and isinstance(value, int) and (value == 0 or value & (value - 1) or value < 0)
            if canonical is None:
                obj._name_ = name
                obj.__objclass__ = enum_class
                obj._sort_order_ = len(enum_class._member_names_)
                if True:
                    init = enum_class.__init__
                    if init is not object.__init__:
                        obj.__init__(*args)
                try:
                    enum_class._value2member_map_[value] = obj
                except TypeError:
                    enum_class._unhashable_values_.append(value)
                if not multi:
                    enum_class._member_names_.append(name)
            else:
                obj = canonical
            if is_flag and isinstance(value, int):
                if value > 0:
                    enum_class._flag_mask_ |= value
                    if not multi:
                        enum_class._singles_mask_ |= value
            enum_class._member_map_[name] = obj
            type.__setattr__(enum_class, name, obj)
        if is_flag:
            ordered = sorted((enum_class._member_map_[n] for n in enum_class._member_names_), key=lambda m: m._value_)
            if [m._name_ for m in ordered] != enum_class._member_names_ and all(isinstance(m._value_, int) for m in ordered):
                enum_class._member_names_ = [m._name_ for m in ordered]
        return enum_class

    def __init__(cls, *args, **kwds):
        pass

    def __bool__(cls):
        return True

    def __call__(cls, value, names=None, *values, module=None, qualname=None, type=None, start=1, boundary=None):
        if cls._member_map_ or names is None:
            if names is not None:
                value = (value, names) + values
            return cls.__new__(cls, value)
        return cls._create_(value, names, module=module, qualname=qualname, type=type, start=start, boundary=boundary)

    def _create_(cls, class_name, names, *, module=None, qualname=None, type=None, start=1, boundary=None):
        metacls = cls.__class__
        bases = (cls,) if type is None else (type, cls)
        classdict = metacls.__prepare__(class_name, bases)
        if isinstance(names, str):
            names = names.replace(",", " ").split()
        if isinstance(names, (tuple, list)) and names and isinstance(names[0], str):
            originals, names, last = names, [], []
            for count, name in enumerate(originals):
                v = cls._generate_next_value_(name, start, count, last[:])
                last.append(v)
                names.append((name, v))
        if names is None:
            names = ()
        for item in names:
            name, value = (item, names[item]) if isinstance(item, str) else item
            classdict[name] = value
        if module is None:
            try:
                module = _sys._getframe(2).f_globals["__name__"]
            except (AttributeError, ValueError, KeyError):
                pass
        if module is not None:
            classdict["__module__"] = module
        if qualname is not None:
            classdict["__qualname__"] = qualname
        return metacls.__new__(metacls, class_name, bases, classdict, boundary=boundary)

    def __contains__(cls, value):
        if isinstance(value, cls):
            return True
        try:
            if value in cls._value2member_map_:
                return True
        except TypeError:
            pass
        return value in cls._unhashable_values_

    def __delattr__(cls, attr):
        if attr in cls._member_map_:
            raise AttributeError("%r cannot delete member %r." % (cls.__name__, attr))
        super().__delattr__(attr)

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError("cannot reassign member %r" % name)
        super().__setattr__(name, value)

    def __dir__(cls):
        return sorted(["__class__", "__contains__", "__doc__", "__getitem__", "__init_subclass__", "__iter__", "__len__", "__members__",
                       "__module__", "__name__", "__qualname__"] + cls._member_names_)

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __iter__(cls):
        return (cls._member_map_[name] for name in cls._member_names_)

    def __len__(cls):
        return len(cls._member_names_)

    def __reversed__(cls):
        return (cls._member_map_[name] for name in reversed(cls._member_names_))

    @_property
    def __members__(cls):
        from types import MappingProxyType
        return MappingProxyType(cls._member_map_)

    def __repr__(cls):
        if Flag is not None and issubclass(cls, Flag):
            return "<flag %r>" % cls.__name__
        return "<enum %r>" % cls.__name__


EnumMeta = EnumType
Flag = None


class Enum(metaclass=EnumType):
    """Names bound to constant values."""

    def __new__(cls, value):
        if type(value) is cls:
            return value
        try:
            return cls._value2member_map_[value]
        except KeyError:
            pass
        except TypeError:
            for member in cls._member_map_.values():
                if member._value_ == value:
                    return member
        exc = None
        try:
            result = cls._missing_(value)
        except Exception as e:
            exc, result = e, None
        if isinstance(result, cls) or Flag is not None and issubclass(cls, Flag) and cls._boundary_ is EJECT and isinstance(result, int):
            return result
        error = ValueError("%r is not a valid %s" % (value, cls.__qualname__))
        if result is None and exc is None:
            raise error
        if exc is None:
            exc = TypeError("error in %s._missing_: returned %r instead of None or a valid member" % (cls.__name__, result))
        if not isinstance(exc, ValueError):
            exc.__context__ = error
        raise exc

    def __init__(self, *args, **kwds):
        pass

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start
        try:
            return max(v for v in last_values if isinstance(v, int)) + 1
        except (TypeError, ValueError):
            raise TypeError("unable to increment %r" % (last_values[-1],)) from None

    @classmethod
    def _missing_(cls, value):
        return None

    def __repr__(self):
        value_repr = repr if self.__class__._member_type_ is object else self.__class__._member_type_.__repr__
        return "<%s.%s: %s>" % (self.__class__.__name__, self._name_, value_repr(self._value_))

    def __str__(self):
        return "%s.%s" % (self.__class__.__name__, self._name_)

    def __dir__(self):
        own = [m for c in self.__class__.__mro__ for m in c.__dict__ if m[0] != "_" and m not in self._member_map_]
        return sorted({"__class__", "__doc__", "__eq__", "__hash__", "__module__", "name", "value"} | set(own))

    def __format__(self, format_spec):
        return str.__format__(str(self), format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __reduce_ex__(self, proto):
        return self.__class__, (self._value_,)

    def __deepcopy__(self, memo):
        return self

    def __copy__(self):
        return self

    @property
    def name(self):
        """The name of the member."""
        return self._name_

    @property
    def value(self):
        """The value of the member."""
        return self._value_


class ReprEnum(Enum):
    """Only changes the repr of its data type."""


class IntEnum(int, ReprEnum):
    """Members are ints too."""

    def __str__(self):
        return int.__repr__(self._value_)

    def __format__(self, spec):
        return int.__format__(self._value_, spec)

    def __hash__(self):
        return int.__hash__(self)


class StrEnum(str, ReprEnum):
    """Members are strings too."""

    def __new__(cls, *values):
        if len(values) > 3:
            raise TypeError("too many arguments for str(): %r" % (values,))
        if not isinstance(values[0], str):
            raise TypeError("%r is not a string" % (values[0],))
        obj = str.__new__(cls, str(*values))
        obj._value_ = str(*values)
        return obj

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()

    def __str__(self):
        return str.__str__(self._value_)

    def __format__(self, spec):
        return str.__format__(self._value_, spec)

    def __hash__(self):
        return str.__hash__(self._value_)


class Flag(Enum):
    """Members that can be combined with | & ^ ~."""

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start if start is not None else 1
        last = max(v for v in last_values if isinstance(v, int))
        return 1 << last.bit_length()

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            raise ValueError("%r is not a valid %s" % (value, cls.__qualname__))
        mask = cls._flag_mask_
        if value < 0 and cls._boundary_ is not KEEP:
            value = mask & ~(-value - 1) if -value - 1 <= mask else value
            if value < 0:
                value &= mask
        if value & ~mask:
            if cls._boundary_ is STRICT:
                width = max(value.bit_length(), mask.bit_length())
                raise ValueError("%r invalid value %r\n    given %s\n  allowed %s" % (
                    cls, value, bin_(value, width), bin_(mask, width)))
            if cls._boundary_ is CONFORM:
                value &= mask
            elif cls._boundary_ is EJECT:
                return value
        found = cls._value2member_map_.get(value)
        if found is not None:
            return found
        obj = object.__new__(cls) if cls._member_type_ is object else cls._member_type_.__new__(cls, value)
        obj._value_ = value
        names = [m._name_ for m in cls if m._value_ & value]
        rest = value & ~cls._singles_mask_
        if rest and names:
            names.append(repr(rest))
        obj._name_ = "|".join(names) if names and value else None
        cls._value2member_map_[value] = obj
        return obj

    def __contains__(self, other):
        if not isinstance(other, self.__class__):
            raise TypeError("unsupported operand type(s) for 'in': %r and %r" % (type(other).__qualname__, self.__class__.__qualname__))
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        value = self._value_
        for m in self.__class__:
            if m._value_ & value:
                yield m

    def __len__(self):
        return bin(self._value_).count("1")

    def __repr__(self):
        name = self.__class__.__name__
        if self._name_ is None:
            return "<%s: %r>" % (name, self._value_)
        return "<%s.%s: %r>" % (name, self._name_, self._value_)

    def __str__(self):
        if self._name_ is None:
            return "%s(%r)" % (self.__class__.__name__, self._value_)
        return "%s.%s" % (self.__class__.__name__, self._name_)

    def __bool__(self):
        return bool(self._value_)

    def _operand(self, other):
        if isinstance(other, self.__class__):
            return other._value_
        if self._member_type_ is not object and isinstance(other, self._member_type_):
            return other
        return NotImplemented

    def __or__(self, other):
        v = self._operand(other)
        return v if v is NotImplemented else self.__class__(self._value_ | v)

    def __and__(self, other):
        v = self._operand(other)
        return v if v is NotImplemented else self.__class__(self._value_ & v)

    def __xor__(self, other):
        v = self._operand(other)
        return v if v is NotImplemented else self.__class__(self._value_ ^ v)

    def __invert__(self):
        if self._boundary_ in (EJECT, KEEP):
            return self.__class__(~self._value_)
        return self.__class__(self._singles_mask_ & ~self._value_)

    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__


def bin_(value, width):
    """A number in binary as errors of flags show it."""
    s = bin(value)[2:] if value >= 0 else bin(value + (1 << width))[2:]
    return "0b%d %s" % (value < 0, s.rjust(width, "0"))


class IntFlag(int, ReprEnum, Flag, boundary=KEEP):
    """Flags that are ints too."""

    def __str__(self):
        return int.__repr__(self._value_)

    def __format__(self, spec):
        return int.__format__(self._value_, spec)

    def __hash__(self):
        return int.__hash__(self)

    __or__, __and__, __xor__, __invert__ = Flag.__or__, Flag.__and__, Flag.__xor__, Flag.__invert__
    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__
    __repr__ = Flag.__repr__


def unique(enumeration):
    """Class decorator that refuses aliases."""
    duplicates = [(name, m.name) for name, m in enumeration.__members__.items() if name != m.name]
    if duplicates:
        raise ValueError("duplicate values found in %r: %s" % (enumeration, ", ".join("%s -> %s" % d for d in duplicates)))
    return enumeration


def verify(*checks):
    def check(enumeration):
        if UNIQUE in checks:
            unique(enumeration)
        return enumeration
    return check


def global_enum(cls, update_str=False):
    _sys.modules[cls.__module__].__dict__.update(cls.__members__)
    return cls
