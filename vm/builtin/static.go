package builtin

import "gilt/vm/object"

// Module _static: for classes of the library that are written in Python here and in C in CPython.

func init() { register("_static", makeStatic) }

func makeStatic(t *object.Thread) (*object.Module, error) {
	return newModule(t, "_static", "Classes of C: which class in Python stands for one, which one a class has its native value from.",
		fixed("static", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			x, ok := object.AsType(a[0])
			if !ok {
				return object.Unset, object.TypeErrorf(t, "static() argument must be a class, not %s", object.TypeName(t, a[0]))
			}
			x.Static(t)
			return a[0], nil
		}),
		fixed("native", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			x, ok := object.AsType(a[0])
			if !ok {
				return object.Unset, object.TypeErrorf(t, "native() argument must be a class, not %s", object.TypeName(t, a[0]))
			}
			for _, c := range x.MRO {
				if c.Flags&object.TypeUser == 0 {
					return c.Value(), nil
				}
			}
			return a[0], nil
		}),
		fixed("message_name", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			return object.NewStr(object.TypeName(t, a[0])), nil
		})), nil
}
