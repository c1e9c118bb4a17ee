package vm

import (
	"embed"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unsafe"

	"gilt/vm/builtin"
	"gilt/vm/code"
	"gilt/vm/object"
)

// Imports: modules in Go (package builtin), modules in Python that are embedded (lib), and .py files beside the program.

//go:embed all:lib
var libFS embed.FS

// importName is IMPORT.
func (t *Thread) importName(f *frame, in, ext *code.Instr, r unsafe.Pointer) status {
	name := text(f.code.Consts[in.B])
	from := f.code.Consts[in.C]
	if level := int(ext.A); level > 0 {
		full, err := t.absoluteName(f, name, level)
		if err != nil {
			return t.fail(err)
		}
		name = full
	}
	m, err := t.importDotted(name)
	if err != nil {
		return t.fail(err)
	}
	if from.IsNone() || from.Kind() != object.KindTuple {
		if i := strings.IndexByte(name, '.'); i >= 0 {
			if m, err = t.importDotted(name[:i]); err != nil {
				return t.fail(err)
			}
		}
	} else {
		for _, n := range (*object.Tuple)(from.Ref).Items {
			if err := t.importSub(m, name, text(n)); err != nil {
				return t.fail(err)
			}
		}
	}
	*reg(r, in.A) = m
	return stReload
}

// absoluteName resolves a relative import in the module of frame f.
func (t *Thread) absoluteName(f *frame, name string, level int) (string, error) {
	pkg := ""
	if v, ok, err := f.fn.Globals.Get(&t.Thread, t.Intern("__package__")); err != nil {
		return "", err
	} else if ok {
		pkg = text(v)
	}
	if pkg == "" {
		return "", object.ImportErrorf(&t.Thread, name, "attempted relative import with no known parent package")
	}
	parts := strings.Split(pkg, ".")
	if level > len(parts) {
		return "", object.ImportErrorf(&t.Thread, name, "attempted relative import beyond top-level package")
	}
	base := strings.Join(parts[:len(parts)-level+1], ".")
	if name == "" {
		return base, nil
	}
	return base + "." + name, nil
}

// importSub imports a submodule for `from package import name`, when the package has no such attribute.
func (t *Thread) importSub(m object.Value, pkg, name string) error {
	if name == "*" || m.Kind() != object.KindModule {
		return nil
	}
	ok, err := object.HasAttr(&t.Thread, m, t.Intern(name))
	if err != nil || ok {
		return err
	}
	if p, err := object.HasAttr(&t.Thread, m, t.Intern("__path__")); err != nil || !p {
		return err
	}
	_, err = t.importDotted(pkg + "." + name)
	if _, missing := object.Catch(&t.Thread, err, t.Interp.Types.ModuleNotFoundError); missing {
		return nil
	}
	return err
}

// importDotted imports a module and the packages above it.
func (t *Thread) importDotted(name string) (object.Value, error) {
	var m, parent object.Value
	for i := 0; i <= len(name); i++ {
		if i < len(name) && name[i] != '.' {
			continue
		}
		part := name[:i]
		var err error
		if m, err = t.importOne(part, parent); err != nil {
			return object.Unset, err
		}
		if !parent.IsUnset() && parent.Ref != nil && parent.Kind() == object.KindModule {
			last := part[strings.LastIndexByte(part, '.')+1:]
			if err := object.SetAttr(&t.Thread, parent, t.Intern(last), m); err != nil {
				return object.Unset, err
			}
		}
		parent = m
	}
	return m, nil
}

// Import imports a module by its dotted name: __import__ and importlib.
func (vm *VM) Import(ot *object.Thread, name string) (object.Value, error) {
	return of(ot).importDotted(name)
}

func (t *Thread) importOne(name string, parent object.Value) (object.Value, error) {
	if t.Interp.Dialect2 {
		if n, ok := builtin.Py2Names[name]; ok {
			name = n
		}
	}
	key := t.Intern(name)
	if m, ok, err := t.Interp.Modules.GetStr(&t.Thread, key); err != nil || ok {
		if ok && m.IsNone() {
			return object.Unset, t.noModule(name)
		}
		return m, err
	}
	make, native := builtin.Lookup(name)
	path := strings.ReplaceAll(name, ".", "/")
	if !native || !builtin.First(name) {
		dirs, err := t.searchPath()
		if err != nil {
			return object.Unset, err
		}
		for _, dir := range dirs {
			for _, p := range []string{path + "/__init__.py", path + ".py"} {
				file := filepath.Join(dir, p)
				if data, err := os.ReadFile(file); err == nil {
					return t.execModule(name, file, data, strings.HasSuffix(p, "__init__.py"))
				}
			}
		}
	}
	if native {
		m, err := make(&t.Thread)
		if err != nil {
			return object.Unset, err
		}
		return m.Value(), t.Interp.Modules.SetStr(&t.Thread, key, m.Value())
	}
	for _, p := range []string{path + "/__init__.py", path + ".py"} {
		if data, err := fs.ReadFile(libFS, "lib/"+p); err == nil {
			return t.execModule(name, "<gilt>/"+p, data, strings.HasSuffix(p, "__init__.py"))
		}
	}
	return object.Unset, t.noModule(name)
}

// searchPath lists the directories of sys.path, which the program may have changed.
func (t *Thread) searchPath() ([]string, error) {
	th := &t.Thread
	sys, ok, err := t.Interp.Modules.GetStr(th, t.Intern("sys"))
	if err != nil || !ok {
		return t.vm.Config.Path, err
	}
	v, ok, err := object.LookupAttr(th, sys, t.Intern("path"))
	if err != nil || !ok {
		return nil, err
	}
	items, err := object.ToSlice(th, v)
	if err != nil {
		return nil, err
	}
	var dirs []string
	for _, x := range items {
		if s, ok := object.AsStr(x); ok {
			dirs = append(dirs, s.S)
		}
	}
	return dirs, nil
}

func (t *Thread) noModule(name string) error {
	err := object.NewError(&t.Thread, t.Interp.Types.ModuleNotFoundError, "No module named '%s'", name)
	if exc, ok := object.ExcOf(err); ok {
		if e := object.SetAttr(&t.Thread, exc, t.Intern("name"), object.NewStr(name)); e != nil {
			return e
		}
	}
	return err
}

// execModule makes a module of a source and runs it in a nested loop.
func (t *Thread) execModule(name, file string, data []byte, pkg bool) (object.Value, error) {
	c, err := t.vm.compile(file, data)
	if err != nil {
		return object.Unset, t.syntaxError(err)
	}
	m := object.NewModule(&t.Thread, name)
	t.vm.setModule(t, m, file)
	th := &t.Thread
	parent := name
	if pkg {
		list := t.NewList([]object.Value{object.NewStr(filepath.Dir(file))})
		if err := m.NS.Set(th, t.Intern("__path__"), list); err != nil {
			return object.Unset, err
		}
	} else if i := strings.LastIndexByte(name, '.'); i >= 0 {
		parent = name[:i]
	} else {
		parent = ""
	}
	if err := m.NS.Set(th, t.Intern("__package__"), object.NewStr(parent)); err != nil {
		return object.Unset, err
	}
	if t.Interp.Dialect2 && strings.HasPrefix(file, "<gilt>/") {
		// The library is in Python 3: it has that one's iterators under these names.
		ts := &t.Interp.Types
		for _, typ := range []*object.Type{ts.Range, ts.Zip, ts.Map, ts.Filter} {
			if err := m.NS.Set(th, t.Intern(typ.Name), typ.Value()); err != nil {
				return object.Unset, err
			}
		}
		builtin.AddInstanceChecks(th, m)
	}
	key := t.Intern(name)
	if err := t.Interp.Modules.SetStr(th, key, m.Value()); err != nil {
		return object.Unset, err
	}
	fn := t.moduleFunction(c, m)
	if _, err = t.Call(th, object.FromPointer(unsafe.Pointer(fn)), nil, nil); err != nil {
		if !object.IsAbort(err) {
			if _, _, e := t.Interp.Modules.Del(th, key.Value()); e != nil {
				return object.Unset, e
			}
		}
		return object.Unset, err
	}
	return m.Value(), nil
}

// setModule gives a new module the names that every module has.
func (vm *VM) setModule(t *Thread, m *object.Module, file string) {
	th := &t.Thread
	for _, kv := range []struct {
		k string
		v object.Value
	}{
		{"__name__", object.NewStr(m.Name)}, {"__doc__", object.None}, {"__package__", object.None}, {"__loader__", object.None},
		{"__spec__", object.None}, {"__file__", object.NewStr(file)}, {"__builtins__", vm.Interp.Builtins.Value()},
	} {
		if err := m.NS.Set(th, t.Intern(kv.k), kv.v); err != nil {
			return // the slice is doomed: its next access says so again
		}
	}
}

// importFrom is IMPORTFROM.
func (t *Thread) importFrom(f *frame, in *code.Instr, r unsafe.Pointer) status {
	m := *reg(r, in.B)
	name := (*object.Str)(f.code.Consts[in.C].Ref)
	v, ok, err := object.LookupAttr(&t.Thread, m, name)
	if err != nil {
		return t.fail(err)
	}
	if !ok {
		mod, file := "<unknown module name>", "unknown location"
		if m.Kind() == object.KindModule {
			mod = (*object.Module)(m.Ref).Name
			if fv, ok, _ := object.LookupAttr(&t.Thread, m, t.Intern("__file__")); ok {
				file = text(fv)
			}
			if sub, ok, err := t.Interp.Modules.GetStr(&t.Thread, t.Intern(mod+"."+name.S)); err == nil && ok {
				*reg(r, in.A) = sub
				return stReload
			}
		}
		return t.fail(object.ImportErrorf(&t.Thread, mod, "cannot import name '%s' from '%s' (%s)", name.S, mod, file))
	}
	*reg(r, in.A) = v
	return stReload
}

// importStar is IMPORTSTAR.
func (t *Thread) importStar(f *frame, m object.Value) status {
	th := &t.Thread
	names, err := t.publicNames(m)
	if err != nil {
		return t.fail(err)
	}
	for _, n := range names {
		v, err := object.GetAttr(th, m, n)
		if err != nil {
			return t.fail(err)
		}
		if err := f.fn.Globals.Set(th, n, v); err != nil {
			return t.fail(err)
		}
	}
	return stReload
}
