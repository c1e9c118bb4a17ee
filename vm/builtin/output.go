package builtin

import (
	"strings"

	"gilt/vm/object"
)

// print.

// stdout is what sys.stdout is at present; Unset when it is the program's own standard output, or is None.
func stdout(t *object.Thread) (file object.Value, none bool, err error) {
	m := sysModule(t)
	if m == nil {
		return object.Unset, false, nil
	}
	v, ok, err := m.NS.Get(t, t.Intern("stdout"))
	if err != nil || !ok {
		return object.Unset, false, err
	}
	return v, v.IsNone(), nil
}

func biPrint(t *object.Thread, args []object.Value, kw *object.Kwargs) (object.Value, error) {
	sep, end, file, flush := " ", "\n", object.None, false
	if kw != nil {
		for i, n := range kw.Names {
			v := kw.Values[i]
			switch n {
			case "sep", "end":
				if v.IsNone() {
					continue
				}
				s, ok := object.AsStr(v)
				if !ok {
					return object.Unset, object.TypeErrorf(t, "%s must be None or a string, not %s", n, object.TypeName(t, v))
				}
				if n == "sep" {
					sep = s.S
				} else {
					end = s.S
				}
			case "file":
				file = v
			case "flush":
				var err error
				if flush, err = object.Truth(t, v); err != nil {
					return object.Unset, err
				}
			default:
				return object.Unset, object.TypeErrorf(t, "print() got an unexpected keyword argument '%s'", n)
			}
		}
	}
	var b strings.Builder
	for i, v := range args {
		if i > 0 {
			b.WriteString(sep)
		}
		s, err := object.ToStr(t, v)
		if err != nil {
			return object.Unset, err
		}
		b.WriteString(s)
	}
	b.WriteString(end)
	return object.None, WriteTo(t, file, b.String(), flush)
}

// output writes text to a standard stream.
func output(t *object.Thread, fd int, text string) error {
	if text == "" {
		return nil
	}
	return t.VM.Output(t, fd, text)
}

// flushOutput has what was written to a standard stream reach the outside, in the order of all output: the empty text means that.
func flushOutput(t *object.Thread, fd int) error { return t.VM.Output(t, fd, "") }

// WriteTo writes text to a file object; None is sys.stdout.
func WriteTo(t *object.Thread, file object.Value, text string, flush bool) error {
	if file.IsNone() {
		f, none, err := stdout(t)
		if err != nil || none {
			return err
		}
		file = f
	}
	fd, ok := 1, file.IsUnset()
	if !ok {
		fd, ok = standardStream(file)
	}
	if ok {
		err := output(t, fd, text)
		if err == nil && flush {
			err = flushOutput(t, fd)
		}
		return err
	}
	if _, err := object.CallMethod(t, file, "write", object.NewStr(text)); err != nil {
		return err
	}
	if flush {
		_, err := object.CallMethod(t, file, "flush")
		return err
	}
	return nil
}
