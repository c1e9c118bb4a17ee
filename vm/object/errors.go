package object

import "fmt"

// This file makes Python exceptions in Go.

// Raise is a Python exception on its way up: the error that Go functions return for it.
type Raise struct {
	Exc  Value // an instance of BaseException
	seen bool  // unwinding has begun: __context__ is set
	skip bool  // raised again by the frame that handled it, which is in the traceback already
}

// Fresh says whether unwinding has not begun yet, and begins it.
func (r *Raise) Fresh() bool {
	f := !r.seen
	r.seen = true
	return f
}

// IsA says whether the exception is an instance of cls.
func (r *Raise) IsA(t *Thread, cls *Type) bool { return TypeOf(t, r.Exc).IsSubtype(cls) }

// Error is the exception as a traceback's last line would have it, as far as that can be told without calling Python.
func (r *Raise) Error() string {
	if r.Exc.Kind() != KindInstance {
		return "exception"
	}
	o := (*Instance)(r.Exc.Ref)
	name := o.Type.Name
	if st := excState(o); st != nil {
		if a, ok := AsTuple(st.Args); ok && len(a.Items) > 0 {
			if s, ok := AsStr(a.Items[0]); ok {
				return name + ": " + s.S
			}
		}
	}
	return name
}

// NewException makes an instance of a builtin exception class with the given args.
func NewException(t *Thread, cls *Type, args ...Value) Value { return newExc(t, cls, args) }

// NewRaise makes an exception ready to be returned.
func NewRaise(t *Thread, cls *Type, args ...Value) *Raise {
	return &Raise{Exc: newExc(t, cls, args)}
}

// NewError makes an exception with a formatted message.
func NewError(t *Thread, cls *Type, format string, args ...any) *Raise {
	if len(args) > 0 {
		format = fmt.Sprintf(format, args...)
	}
	return &Raise{Exc: newExc(t, cls, []Value{NewStr(format)})}
}

// TypeErrorf makes a TypeError.
func TypeErrorf(t *Thread, format string, args ...any) error {
	return NewError(t, t.Interp.Types.TypeError, format, args...)
}

// ValueErrorf makes a ValueError.
func ValueErrorf(t *Thread, format string, args ...any) error {
	return NewError(t, t.Interp.Types.ValueError, format, args...)
}

// IndexErrorf makes an IndexError.
func IndexErrorf(t *Thread, format string, args ...any) error {
	return NewError(t, t.Interp.Types.IndexError, format, args...)
}

// KeyError makes a KeyError for a key.
func KeyError(t *Thread, key Value) error { return NewRaise(t, t.Interp.Types.KeyError, key) }

// KeyErrorf makes a KeyError with a message.
func KeyErrorf(t *Thread, format string, args ...any) error {
	return NewError(t, t.Interp.Types.KeyError, format, args...)
}

// AttributeErrorf makes an AttributeError; obj and name are what suggestions are made from.
func AttributeErrorf(t *Thread, obj Value, name string, format string, args ...any) error {
	err := NewError(t, t.Interp.Types.AttributeError, format, args...)
	setExcField(err, 0, NewStr(name))
	setExcField(err, 1, obj)
	return err
}

// NameErrorf makes a NameError about name.
func NameErrorf(t *Thread, name string, format string, args ...any) error {
	err := NewError(t, t.Interp.Types.NameError, format, args...)
	setExcField(err, 0, NewStr(name))
	return err
}

// UnboundLocalErrorf makes the error of reading a local variable before its assignment.
func UnboundLocalErrorf(t *Thread, name string) error {
	err := NewError(t, t.Interp.Types.UnboundLocalError, "cannot access local variable '%s' where it is not associated with a value", name)
	setExcField(err, 0, NewStr(name))
	return err
}

// OverflowErrorf makes an OverflowError.
func OverflowErrorf(t *Thread, format string, args ...any) error {
	return NewError(t, t.Interp.Types.OverflowError, format, args...)
}

// ZeroDivisionErrorf makes a ZeroDivisionError.
func ZeroDivisionErrorf(t *Thread, format string, args ...any) error {
	return NewError(t, t.Interp.Types.ZeroDivisionError, format, args...)
}

// RuntimeErrorf makes a RuntimeError.
func RuntimeErrorf(t *Thread, format string, args ...any) error {
	return NewError(t, t.Interp.Types.RuntimeError, format, args...)
}

// NotImplementedErrorf makes a NotImplementedError.
func NotImplementedErrorf(t *Thread, format string, args ...any) error {
	return NewError(t, t.Interp.Types.NotImplementedError, format, args...)
}

// RecursionErrorf makes a RecursionError.
func RecursionErrorf(t *Thread, format string, args ...any) error {
	return NewError(t, t.Interp.Types.RecursionError, format, args...)
}

// ImportErrorf makes an ImportError about a module.
func ImportErrorf(t *Thread, module string, format string, args ...any) error {
	err := NewError(t, t.Interp.Types.ImportError, format, args...)
	setExcField(err, 0, NewStr(module))
	return err
}

// MemoryError makes a MemoryError (which has no message).
func MemoryError(t *Thread) error { return NewRaise(t, t.Interp.Types.MemoryError) }

// StopIteration makes a StopIteration that carries a value; Unset or None for none.
func StopIteration(t *Thread, v Value) error {
	if v.IsUnset() || v.IsNone() {
		return NewRaise(t, t.Interp.Types.StopIteration)
	}
	return NewRaise(t, t.Interp.Types.StopIteration, v)
}

// ExcOf is the exception that err carries, false for an abort or an error that is none of Python's.
func ExcOf(err error) (Value, bool) {
	if r, ok := err.(*Raise); ok {
		return r.Exc, true
	}
	return Unset, false
}

// Catch says whether err is an exception of the class. A slice's abort is never caught.
func Catch(t *Thread, err error, cls *Type) (Value, bool) {
	if r, ok := err.(*Raise); ok && TypeOf(t, r.Exc).IsSubtype(cls) {
		return r.Exc, true
	}
	return Unset, false
}

// IsSubtype says whether x is base or derives from it.
func (x *Type) IsSubtype(base *Type) bool {
	if x == base {
		return true
	}
	for _, m := range x.MRO {
		if m == base {
			return true
		}
	}
	return false
}
