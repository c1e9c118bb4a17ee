"""Python 2's module of types that can be called to make functions, methods, modules and classes."""

import types

function = types.FunctionType
module = types.ModuleType
code = types.CodeType


def instancemethod(func, instance, cls=None):
    return types.MethodType(func, instance)


def classobj(name, bases, namespace):
    return type(name, tuple(bases) or (object,), namespace)


def instance(cls, namespace=None):
    """An instance with these attributes, without a call of __init__."""
    x = object.__new__(cls)
    x.__dict__.update(namespace or {})
    return x
