package builtin

import "gilt/vm/object"

// Module _static: for classes of the library that are written in Python here and in C in CPython.

func init() { register("_static", makeStatic) }

func makeStatic(t *object.Thread) (*object.Module, error) {
	return newModule(t, "_static", "Classes that look like those of C.",
		fixed("static", 1, 1, func(t *object.Thread, a []object.Value) (object.Value, error) {
			x, ok := object.AsType(a[0])
			if !ok {
				return object.Unset, object.TypeErrorf(t, "static() argument must be a class, not %s", object.TypeName(t, a[0]))
			}
			x.Static(t)
			return a[0], nil
		})), nil
}
