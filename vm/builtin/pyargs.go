package builtin

import (
	"strings"

	"gilt/vm/object"
)

// pyArgs distributes arguments as a Python function def name(names..., required of them without default) would, with its
// messages. Missing optional ones are Unset.
func pyArgs(t *object.Thread, name string, args []object.Value, kw *object.Kwargs, names []string, required int, out []object.Value) error {
	for i := range out {
		out[i] = object.Unset
	}
	if len(args) > len(names) {
		s := "s"
		if len(names) == 1 {
			s = ""
		}
		were := "were"
		if len(args) == 1 {
			were = "was"
		}
		if required < len(names) {
			return object.TypeErrorf(t, "%s() takes from %d to %d positional arguments but %d %s given", name, required, len(names), len(args), were)
		}
		return object.TypeErrorf(t, "%s() takes %d positional argument%s but %d %s given", name, len(names), s, len(args), were)
	}
	copy(out, args)
	if kw != nil {
	next:
		for i, k := range kw.Names {
			for j, n := range names {
				if n == k {
					if !out[j].IsUnset() {
						return object.TypeErrorf(t, "%s() got multiple values for argument '%s'", name, k)
					}
					out[j] = kw.Values[i]
					continue next
				}
			}
			return object.TypeErrorf(t, "%s() got an unexpected keyword argument '%s'", name, k)
		}
	}
	var missing []string
	for i := range required {
		if out[i].IsUnset() {
			missing = append(missing, "'"+names[i]+"'")
		}
	}
	switch n := len(missing); n {
	case 0:
		return nil
	case 1:
		return object.TypeErrorf(t, "%s() missing 1 required positional argument: %s", name, missing[0])
	case 2:
		return object.TypeErrorf(t, "%s() missing 2 required positional arguments: %s and %s", name, missing[0], missing[1])
	default:
		return object.TypeErrorf(t, "%s() missing %d required positional arguments: %s, and %s", name, n, strings.Join(missing[:n-1], ", "), missing[n-1])
	}
}

// selfMethod adds a method that gets the receiver as it is, an instance of a subclass included.
func selfMethod(in *object.Interp, x *object.Type, name string, fn object.BuiltinFn) {
	b := object.NewBuiltin(name, func(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
		if len(args) == 0 {
			return object.Unset, object.TypeErrorf(t, "unbound method %s.%s() needs an argument", x.Name, name)
		}
		if !object.TypeOf(t, args[0]).IsSubtype(x) {
			return object.Unset, object.TypeErrorf(t, "descriptor '%s' for '%s' objects doesn't apply to a '%s' object", name, x.Name, object.TypeName(t, args[0]))
		}
		return fn(t, args, kw)
	})
	b.Owner, b.Method, b.Type = x, true, in.Types.MethodDescriptor
	x.Def(in, name, b.Value())
}
