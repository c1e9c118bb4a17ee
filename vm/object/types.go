package object

// Types are the builtin classes of one interpreter.
type Types struct {
	Object, Type                                                          *Type
	Int, Bool, Float, Complex, Str, Bytes, ByteArray                      *Type
	Tuple, List, Dict, Set, FrozenSet, Range, Slice                       *Type
	NoneType, NotImplementedType, EllipsisType                            *Type
	Function, Builtin, MethodDescriptor, WrapperDescriptor, MethodWrapper *Type
	Method, Cell, Module, Code, Generator, Frame, Traceback               *Type
	Property, StaticMethod, ClassMethod, Super                            *Type
	GetsetDescriptor, MemberDescriptor, MappingProxy, Namespace, Slot     *Type
	GenericAlias, Union, MemoryView                                       *Type
	BaseString, Unicode, Long                                             *Type // of the 2.7 dialect, else nil
	DictKeys, DictValues, DictItems                                       *Type
	ListIterator, ListReverseIterator, TupleIterator, StrIterator         *Type
	BytesIterator, ByteArrayIterator, RangeIterator, LongRangeIterator    *Type
	DictKeyIterator, DictValueIterator, DictItemIterator                  *Type
	DictReverseKeyIterator, DictReverseValueIterator                      *Type
	DictReverseItemIterator, SetIterator, CallableIterator, SeqIterator   *Type
	StrASCIIIterator                                                      *Type
	Enumerate, Zip, Map, Filter, Reversed                                 *Type
	Deque, DequeIterator, DequeReverseIterator                            *Type
	Exc
}

// Exc are the builtin exception classes.
type Exc struct {
	BaseException, Exception, BaseExceptionGroup, ExceptionGroup                  *Type
	GeneratorExit, KeyboardInterrupt, SystemExit                                  *Type
	ArithmeticError, FloatingPointError, OverflowError, ZeroDivisionError         *Type
	AssertionError, AttributeError, BufferError, EOFError                         *Type
	ImportError, ModuleNotFoundError, LookupError, IndexError, KeyError           *Type
	MemoryError, NameError, UnboundLocalError                                     *Type
	OSError, BlockingIOError, ChildProcessError, ConnectionError, BrokenPipeError *Type
	ConnectionAbortedError, ConnectionRefusedError, ConnectionResetError          *Type
	FileExistsError, FileNotFoundError, InterruptedError, IsADirectoryError       *Type
	NotADirectoryError, PermissionError, ProcessLookupError, TimeoutError         *Type
	ReferenceError, RuntimeError, NotImplementedError, PythonFinalizationError    *Type
	RecursionError, StopAsyncIteration, StopIteration                             *Type
	SyntaxError, IndentationError, TabError, SystemError, TypeError               *Type
	ValueError, UnicodeError, UnicodeDecodeError, UnicodeEncodeError              *Type
	UnicodeTranslateError                                                         *Type
	Warning, BytesWarning, DeprecationWarning, EncodingWarning, FutureWarning     *Type
	ImportWarning, PendingDeprecationWarning, ResourceWarning, RuntimeWarning     *Type
	SyntaxWarning, UnicodeWarning, UserWarning                                    *Type
}

type builtinClass struct {
	at    **Type
	name  string
	base  **Type // nil: object
	kind  Kind   // kind of its values, KindUnset if the class shares a kind with others
	flags TypeFlags
}

// builtinClasses lists the classes that are no exceptions. A class whose kind is given is found by the kind: its values'
// headers need no Type.
func (ts *Types) builtinClasses() []builtinClass {
	const final = TypeNoSubclass
	const native = KindNative
	return []builtinClass{
		{&ts.Int, "int", nil, KindInt, 0},
		{&ts.Bool, "bool", &ts.Int, KindBool, final},
		{&ts.Float, "float", nil, KindFloat, 0},
		{&ts.Complex, "complex", nil, KindComplex, 0},
		{&ts.Str, "str", nil, KindStr, 0},
		{&ts.Bytes, "bytes", nil, KindBytes, 0},
		{&ts.ByteArray, "bytearray", nil, KindByteArray, 0},
		{&ts.Tuple, "tuple", nil, KindTuple, 0},
		{&ts.List, "list", nil, KindList, 0},
		{&ts.Dict, "dict", nil, KindDict, 0},
		{&ts.Set, "set", nil, KindSet, 0},
		{&ts.FrozenSet, "frozenset", nil, KindFrozenSet, 0},
		{&ts.Range, "range", nil, KindRange, final},
		{&ts.Slice, "slice", nil, KindSlice, final},
		{&ts.NoneType, "NoneType", nil, KindNone, final},
		{&ts.NotImplementedType, "NotImplementedType", nil, KindNotImplemented, final},
		{&ts.EllipsisType, "ellipsis", nil, KindEllipsis, final},
		{&ts.Function, "function", nil, KindFunction, final},
		{&ts.Builtin, "builtin_function_or_method", nil, KindBuiltin, final},
		{&ts.MethodDescriptor, "method_descriptor", nil, KindUnset, final},
		{&ts.WrapperDescriptor, "wrapper_descriptor", nil, KindUnset, final},
		{&ts.MethodWrapper, "method-wrapper", nil, KindUnset, final},
		{&ts.Method, "method", nil, KindMethod, final},
		{&ts.Cell, "cell", nil, KindCell, final},
		{&ts.Module, "module", nil, KindModule, 0},
		{&ts.Code, "code", nil, KindCode, final},
		{&ts.Generator, "generator", nil, KindGenerator, final},
		{&ts.Frame, "frame", nil, KindFrame, final},
		{&ts.Traceback, "traceback", nil, KindTraceback, final},
		{&ts.Property, "property", nil, KindProperty, 0},
		{&ts.StaticMethod, "staticmethod", nil, KindStaticMethod, 0},
		{&ts.ClassMethod, "classmethod", nil, KindClassMethod, 0},
		{&ts.Super, "super", nil, KindSuper, 0},
		{&ts.GetsetDescriptor, "getset_descriptor", nil, KindGetset, final},
		{&ts.MemberDescriptor, "member_descriptor", nil, KindUnset, final},
		{&ts.MappingProxy, "mappingproxy", nil, KindUnset, final},
		{&ts.Namespace, "dict", nil, KindNamespace, final},
		{&ts.Slot, "slot", nil, KindSlot, final},
		{&ts.GenericAlias, "types.GenericAlias", nil, native, 0},
		{&ts.Union, "types.UnionType", nil, native, final},
		{&ts.MemoryView, "memoryview", nil, native, final},
		{&ts.DictKeys, "dict_keys", nil, KindDictView, final},
		{&ts.DictValues, "dict_values", nil, KindUnset, final},
		{&ts.DictItems, "dict_items", nil, KindUnset, final},
		{&ts.ListIterator, "list_iterator", nil, KindIterator, final},
		{&ts.ListReverseIterator, "list_reverseiterator", nil, KindUnset, final},
		{&ts.TupleIterator, "tuple_iterator", nil, KindUnset, final},
		{&ts.StrIterator, "str_iterator", nil, KindUnset, final},
		{&ts.StrASCIIIterator, "str_ascii_iterator", nil, KindUnset, final},
		{&ts.BytesIterator, "bytes_iterator", nil, KindUnset, final},
		{&ts.ByteArrayIterator, "bytearray_iterator", nil, KindUnset, final},
		{&ts.RangeIterator, "range_iterator", nil, KindUnset, final},
		{&ts.LongRangeIterator, "longrange_iterator", nil, KindUnset, final},
		{&ts.DictKeyIterator, "dict_keyiterator", nil, KindUnset, final},
		{&ts.DictValueIterator, "dict_valueiterator", nil, KindUnset, final},
		{&ts.DictItemIterator, "dict_itemiterator", nil, KindUnset, final},
		{&ts.DictReverseKeyIterator, "dict_reversekeyiterator", nil, KindUnset, final},
		{&ts.DictReverseValueIterator, "dict_reversevalueiterator", nil, KindUnset, final},
		{&ts.DictReverseItemIterator, "dict_reverseitemiterator", nil, KindUnset, final},
		{&ts.SetIterator, "set_iterator", nil, KindUnset, final},
		{&ts.CallableIterator, "callable_iterator", nil, KindUnset, final},
		{&ts.SeqIterator, "iterator", nil, KindUnset, final},
		{&ts.Enumerate, "enumerate", nil, KindUnset, 0},
		{&ts.Zip, "zip", nil, KindUnset, 0},
		{&ts.Map, "map", nil, KindUnset, 0},
		{&ts.Filter, "filter", nil, KindUnset, 0},
		{&ts.Reversed, "reversed", nil, KindUnset, 0},
		{&ts.Deque, "collections.deque", nil, KindDeque, 0},
		{&ts.DequeIterator, "collections._deque_iterator", nil, KindUnset, final},
		{&ts.DequeReverseIterator, "collections._deque_reverse_iterator", nil, KindUnset, final},
	}
}

type builtinExc struct {
	at   **Type
	name string
	base **Type
}

// builtinExceptions lists the exception classes, bases before derived classes.
func (e *Exc) builtinExceptions() []builtinExc {
	return []builtinExc{
		{&e.BaseException, "BaseException", nil},
		{&e.Exception, "Exception", &e.BaseException},
		{&e.BaseExceptionGroup, "BaseExceptionGroup", &e.BaseException},
		{&e.GeneratorExit, "GeneratorExit", &e.BaseException},
		{&e.KeyboardInterrupt, "KeyboardInterrupt", &e.BaseException},
		{&e.SystemExit, "SystemExit", &e.BaseException},
		{&e.ArithmeticError, "ArithmeticError", &e.Exception},
		{&e.FloatingPointError, "FloatingPointError", &e.ArithmeticError},
		{&e.OverflowError, "OverflowError", &e.ArithmeticError},
		{&e.ZeroDivisionError, "ZeroDivisionError", &e.ArithmeticError},
		{&e.AssertionError, "AssertionError", &e.Exception},
		{&e.AttributeError, "AttributeError", &e.Exception},
		{&e.BufferError, "BufferError", &e.Exception},
		{&e.EOFError, "EOFError", &e.Exception},
		{&e.ImportError, "ImportError", &e.Exception},
		{&e.ModuleNotFoundError, "ModuleNotFoundError", &e.ImportError},
		{&e.LookupError, "LookupError", &e.Exception},
		{&e.IndexError, "IndexError", &e.LookupError},
		{&e.KeyError, "KeyError", &e.LookupError},
		{&e.MemoryError, "MemoryError", &e.Exception},
		{&e.NameError, "NameError", &e.Exception},
		{&e.UnboundLocalError, "UnboundLocalError", &e.NameError},
		{&e.OSError, "OSError", &e.Exception},
		{&e.BlockingIOError, "BlockingIOError", &e.OSError},
		{&e.ChildProcessError, "ChildProcessError", &e.OSError},
		{&e.ConnectionError, "ConnectionError", &e.OSError},
		{&e.BrokenPipeError, "BrokenPipeError", &e.ConnectionError},
		{&e.ConnectionAbortedError, "ConnectionAbortedError", &e.ConnectionError},
		{&e.ConnectionRefusedError, "ConnectionRefusedError", &e.ConnectionError},
		{&e.ConnectionResetError, "ConnectionResetError", &e.ConnectionError},
		{&e.FileExistsError, "FileExistsError", &e.OSError},
		{&e.FileNotFoundError, "FileNotFoundError", &e.OSError},
		{&e.InterruptedError, "InterruptedError", &e.OSError},
		{&e.IsADirectoryError, "IsADirectoryError", &e.OSError},
		{&e.NotADirectoryError, "NotADirectoryError", &e.OSError},
		{&e.PermissionError, "PermissionError", &e.OSError},
		{&e.ProcessLookupError, "ProcessLookupError", &e.OSError},
		{&e.TimeoutError, "TimeoutError", &e.OSError},
		{&e.ReferenceError, "ReferenceError", &e.Exception},
		{&e.RuntimeError, "RuntimeError", &e.Exception},
		{&e.NotImplementedError, "NotImplementedError", &e.RuntimeError},
		{&e.PythonFinalizationError, "PythonFinalizationError", &e.RuntimeError},
		{&e.RecursionError, "RecursionError", &e.RuntimeError},
		{&e.StopAsyncIteration, "StopAsyncIteration", &e.Exception},
		{&e.StopIteration, "StopIteration", &e.Exception},
		{&e.SyntaxError, "SyntaxError", &e.Exception},
		{&e.IndentationError, "IndentationError", &e.SyntaxError},
		{&e.TabError, "TabError", &e.IndentationError},
		{&e.SystemError, "SystemError", &e.Exception},
		{&e.TypeError, "TypeError", &e.Exception},
		{&e.ValueError, "ValueError", &e.Exception},
		{&e.UnicodeError, "UnicodeError", &e.ValueError},
		{&e.UnicodeDecodeError, "UnicodeDecodeError", &e.UnicodeError},
		{&e.UnicodeEncodeError, "UnicodeEncodeError", &e.UnicodeError},
		{&e.UnicodeTranslateError, "UnicodeTranslateError", &e.UnicodeError},
		{&e.Warning, "Warning", &e.Exception},
		{&e.BytesWarning, "BytesWarning", &e.Warning},
		{&e.DeprecationWarning, "DeprecationWarning", &e.Warning},
		{&e.EncodingWarning, "EncodingWarning", &e.Warning},
		{&e.FutureWarning, "FutureWarning", &e.Warning},
		{&e.ImportWarning, "ImportWarning", &e.Warning},
		{&e.PendingDeprecationWarning, "PendingDeprecationWarning", &e.Warning},
		{&e.ResourceWarning, "ResourceWarning", &e.Warning},
		{&e.RuntimeWarning, "RuntimeWarning", &e.Warning},
		{&e.SyntaxWarning, "SyntaxWarning", &e.Warning},
		{&e.UnicodeWarning, "UnicodeWarning", &e.Warning},
		{&e.UserWarning, "UserWarning", &e.Warning},
	}
}
