package vm

import (
	"gilt/vm/code"
	"gilt/vm/object"
)

// What Python programs see of code objects: the attributes that inspect and the like ask for.

// CPython's numbers of the flags of code.
const (
	coOptimized = 1
	coNewLocals = 2
	coVarArgs   = 4
	coVarKw     = 8
	coGenerator = 32
)

// initCodeType adds what the compiler knows of a function to its code object.
func (vm *VM) initCodeType(typ *object.Type) {
	in := vm.Interp
	attr := func(name string, get func(c *code.Code) object.Value) {
		typ.Attr(in, name, func(_ *object.Thread, v object.Value) (object.Value, error) { return get((*code.Code)(v.Ref)), nil }, nil)
	}
	count := func(name string, get func(c *code.Code) int) {
		attr(name, func(c *code.Code) object.Value { return object.Int(int64(get(c))) })
	}
	names := func(list []string) object.Value {
		vs := make([]object.Value, len(list))
		for i, s := range list {
			vs[i] = in.Intern(s).Value()
		}
		return object.NewTuple(vs...)
	}
	attr("co_name", func(c *code.Code) object.Value { return object.NewStr(c.Name) })
	count("co_argcount", func(c *code.Code) int { return c.NumPos })
	count("co_posonlyargcount", func(c *code.Code) int { return c.NumPosOnly })
	count("co_kwonlyargcount", func(c *code.Code) int { return c.NumKwOnly })
	count("co_nlocals", func(c *code.Code) int { return len(c.Locals) })
	count("co_stacksize", func(c *code.Code) int { return c.NumRegs })
	count("co_firstlineno", func(c *code.Code) int { return int(c.FirstLine) })
	count("co_flags", func(c *code.Code) int {
		n := coOptimized | coNewLocals
		for _, f := range []struct {
			flag code.Flags
			bit  int
		}{{code.VarArgs, coVarArgs}, {code.VarKeywords, coVarKw}, {code.Generator, coGenerator}} {
			if c.Flags&f.flag != 0 {
				n |= f.bit
			}
		}
		return n
	})
	attr("co_varnames", func(c *code.Code) object.Value {
		list := append([]string(nil), c.Params...)
		for _, n := range c.Locals[min(len(c.Params), len(c.Locals)):] {
			if n != "" && n[0] != '.' {
				list = append(list, n)
			}
		}
		return names(list)
	})
	attr("co_freevars", func(c *code.Code) object.Value { return names(c.Free) })
	attr("co_cellvars", func(c *code.Code) object.Value {
		var list []string
		for _, r := range c.CellRegs {
			if int(r) < len(c.Locals) {
				list = append(list, c.Locals[r])
			}
		}
		return names(list)
	})
	attr("co_consts", func(c *code.Code) object.Value { return object.NewTuple(append([]object.Value(nil), c.Consts...)...) })
	attr("co_code", func(c *code.Code) object.Value { return object.NewBytes("") })
}
