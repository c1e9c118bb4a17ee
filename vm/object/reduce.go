package object

// This file has object.__reduce_ex__: how copy and pickle take an object apart. A class's own __reduce__ comes first; the rest is
// Python (module copyreg), whose functions are part of the answer and are found by their names when the object is put together.

// importer is the interpreter's import.
type importer interface {
	Import(t *Thread, name string) (Value, error)
}

// reduceEx is object.__reduce_ex__.
func reduceEx(t *Thread, v, protocol Value) (Value, error) {
	if fn, ok := reduceMethod(t, TypeOf(t, v)); ok {
		return CallSpecial(t, fn, v)
	}
	return reduceByParts(t, v, protocol)
}

// reduceMethod is the class's own __reduce__, if it is not object's.
func reduceMethod(t *Thread, cls *Type) (Value, bool) {
	fn, ok := LookupSpecial(t, cls, SpReduce)
	if ok && fn.Kind() == KindBuiltin && (*Builtin)(fn.Ref).Owner == t.Interp.Types.Object {
		return Unset, false
	}
	return fn, ok
}

// reduceByParts is object.__reduce__.
func reduceByParts(t *Thread, v, protocol Value) (Value, error) {
	im, ok := t.VM.(importer)
	if !ok {
		return Unset, TypeErrorf(t, "cannot pickle '%s' object", TypeName(t, v))
	}
	m, err := im.Import(t, "copyreg")
	if err != nil {
		return Unset, err
	}
	fn, err := GetAttrString(t, m, "_reduce")
	if err != nil {
		return Unset, err
	}
	return t.VM.Call(t, fn, []Value{v, protocol}, nil)
}

func (in *Interp) initReduce() {
	in.Types.Object.Methods(in,
		M1("__reduce_ex__", func(t *Thread, v, protocol Value) (Value, error) {
			p, err := Index(t, protocol)
			if err != nil {
				return Unset, err
			}
			return reduceEx(t, v, p)
		}),
		M0("__reduce__", func(t *Thread, v Value) (Value, error) { return reduceByParts(t, v, Int(0)) }),
	)
}
