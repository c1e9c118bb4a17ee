package builtin

import (
	"gilt/vm/object"
)

// compile, eval, exec.

// sourceArg is the source text that compile, eval and exec are given: a string or bytes.
func sourceArg(t *object.Thread, fname string, what string, v object.Value) (string, error) {
	if s, ok := object.AsStr(v); ok {
		return s.S, nil
	}
	if b, ok := object.AsBytesLike(t, v); ok {
		return b, nil
	}
	return "", object.TypeErrorf(t, "%s() arg 1 must be a %s", fname, what)
}

func biCompile(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
	var a [6]object.Value
	names := []string{"source", "filename", "mode", "flags", "dont_inherit", "optimize"}
	if err := object.ParseArgs(t, "compile", args, kw, names, 3, a[:]); err != nil {
		return object.Unset, err
	}
	src, err := sourceArg(t, "compile", "string, bytes or AST object", a[0])
	if err != nil {
		return object.Unset, err
	}
	file, err := pathArg(t, "compile", a[1])
	if err != nil {
		return object.Unset, err
	}
	mode, err := strArg(t, "compile", 3, a[2])
	if err != nil {
		return object.Unset, err
	}
	switch mode {
	case "exec", "eval", "single":
	default:
		return object.Unset, object.ValueErrorf(t, "compile() mode must be 'exec', 'eval' or 'single'")
	}
	return frames(t).Compile(t, src, file, mode, false)
}

// scope is the globals and locals for eval and exec. separate says that names are to be looked up in a mapping of locals.
func scope(t *object.Thread, fname string, globals, locals object.Value) (g, l object.Value, separate bool, err error) {
	absent := func(v object.Value) bool { return v.IsUnset() || v.IsNone() }
	if absent(globals) {
		g = frames(t).Globals(t).Value()
		if absent(locals) {
			if l, err = frames(t).Locals(t); err != nil {
				return g, l, false, err
			}
		} else {
			l = locals
		}
	} else {
		if _, ok := object.AsDict(globals); !ok && globals.Kind() != object.KindNamespace {
			if fname == "eval" {
				return g, l, false, object.TypeErrorf(t, "globals must be a dict")
			}
			return g, l, false, object.TypeErrorf(t, "%s() globals must be a dict, not %s", fname, object.TypeName(t, globals))
		}
		g, l = globals, locals
		if absent(l) {
			l = g
		}
	}
	return g, l, l != g, nil
}

func evaluate(t *object.Thread, fname, mode string, src, globals, locals object.Value) (object.Value, error) {
	g, l, separate, err := scope(t, fname, globals, locals)
	if err != nil {
		return object.Unset, err
	}
	c := src
	if c.Kind() != object.KindCode {
		text, err := sourceArg(t, fname, "string, bytes or code object", src)
		if err != nil {
			return object.Unset, err
		}
		if mode == "eval" {
			for len(text) > 0 && (text[0] == ' ' || text[0] == '\t') {
				text = text[1:]
			}
		}
		if c, err = frames(t).Compile(t, text, "<string>", mode, separate); err != nil {
			return object.Unset, err
		}
	}
	if !separate {
		l = object.Unset
	}
	if free, err := object.GetAttr(t, c, t.Intern("co_freevars")); err != nil {
		return object.Unset, err
	} else if tu, ok := object.AsTuple(free); ok && len(tu.Items) > 0 {
		if fname == "exec" {
			return object.Unset, object.TypeErrorf(t, "code object requires a closure of exactly length %d", len(tu.Items))
		}
		return object.Unset, object.TypeErrorf(t, "code object passed to %s() may not contain free variables", fname)
	}
	return frames(t).Exec(t, c, g, l)
}

func biEval(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
	var a [3]object.Value
	if err := object.ParseArgs(t, "eval", args, kw, []string{"source", "globals", "locals"}, 1, a[:]); err != nil {
		return object.Unset, err
	}
	return evaluate(t, "eval", "eval", a[0], a[1], a[2])
}

func biExec(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
	var a [4]object.Value
	if err := object.ParseArgs(t, "exec", args, kw, []string{"source", "globals", "locals", "closure"}, 1, a[:]); err != nil {
		return object.Unset, err
	}
	if _, err := evaluate(t, "exec", "exec", a[0], a[1], a[2]); err != nil {
		return object.Unset, err
	}
	return object.None, nil
}
