package object

import (
	"fmt"
	"slices"
	"testing"
)

// Instances and classes join the containers of TestSerialisable: threads get, set, add and delete attributes of one object in
// transactions, and what they saw must be what a serial execution in commit order sees.

func init() {
	simContainers = append(simContainers,
		struct {
			name string
			make func(t *Thread, n int) Value
			do   doOp
		}{"instance", makeInstance, doInstance},
		struct {
			name string
			make func(t *Thread, n int) Value
			do   doOp
		}{"class", makeClass, doClass})
}

func testClass(t *Thread, name string, attrs ...string) *Type {
	d := t.NewDict()
	show := NewBuiltin("__repr__", func(t *Thread, args []Value, _ *Kwargs) (Value, error) { // without the address
		var out []string
		for _, n := range must((*Instance)(args[0].Ref).Names(t)) {
			out = append(out, fmt.Sprint(n.S, must(GetAttr(t, args[0], n)).Bits))
		}
		slices.Sort(out)
		return NewStr(fmt.Sprint(out)), nil
	})
	show.Method = true
	if err := d.SetStr(t, t.Intern("__repr__"), show.Value()); err != nil {
		panic(err)
	}
	for i, a := range attrs {
		if err := d.SetStr(t, t.Intern(a), Int(int64(i))); err != nil {
			panic(err)
		}
	}
	return must(NewClass(t, t.Interp.Types.Type, name, nil, d.Value(), nil))
}

func makeInstance(t *Thread, n int) Value {
	o := t.NewInstance(testClass(t, "C", "a0", "a3"))
	for i := range n % 7 {
		if err := o.Set(t, t.Intern(fmt.Sprint("a", i)), Int(int64(i))); err != nil {
			panic(err)
		}
	}
	return o.Value()
}

func doInstance(t *Thread, v Value, o simOp) (string, error) {
	if err := seeDefs(t); err != nil {
		return "", err
	}
	name := t.Intern(fmt.Sprint("a", o.a%12))
	switch o.code % 8 {
	case 0, 1, 2:
		x, err := GetAttr(t, v, name)
		if err != nil {
			if IsAbort(err) {
				return "", err
			}
			return err.Error(), nil
		}
		return fmt.Sprint(x.Bits), nil
	case 3, 4, 5:
		return "", SetAttr(t, v, name, Int(o.b))
	case 6:
		err := DelAttr(t, v, name)
		if err != nil && !IsAbort(err) {
			return err.Error(), nil
		}
		return "", err
	}
	names, err := (*Instance)(v.Ref).Names(t)
	var out []string // the order of attributes is that of the shapes, which aborted slices leave behind
	for _, n := range names {
		out = append(out, n.S)
	}
	slices.Sort(out)
	return fmt.Sprint(out), err
}

// seeDefs does what the begin of a slice does about the definition epoch.
func seeDefs(t *Thread) error {
	if t.Regime != RegimeSTM {
		t.SyncDef()
		return nil
	}
	w, ok := t.Tx.Load(&t.Interp.Def, t.Interp.DefWord())
	if !ok {
		return ErrAbort
	}
	t.DefSeen = w.B
	return nil
}

func makeClass(t *Thread, n int) Value {
	base := testClass(t, "B", "a0", "a1", "a2")
	d := t.NewDict()
	if err := d.SetStr(t, t.Intern("a5"), Int(5)); err != nil {
		panic(err)
	}
	cls := must(NewClass(t, t.Interp.Types.Type, "D", []Value{base.Value()}, d.Value(), nil))
	return t.NewTuple(cls.Value(), base.Value(), t.NewInstance(cls).Value())
}

// doClass works on a class, its base and an instance: what is read through the instance comes from either class.
func doClass(t *Thread, v Value, o simOp) (string, error) {
	if err := seeDefs(t); err != nil {
		return "", err
	}
	items := (*Tuple)(v.Ref).Items
	target := items[o.a%2]
	name := t.Intern(fmt.Sprint("a", o.a%7))
	switch o.code % 8 {
	case 0, 1, 2, 3:
		x, ok, err := LookupAttr(t, items[2], name)
		return fmt.Sprint(x.Bits, ok), err
	case 4, 5:
		return "", SetAttr(t, target, name, Int(o.b))
	case 6:
		err := DelAttr(t, target, name)
		if err != nil && !IsAbort(err) {
			return err.Error(), nil
		}
		return "", err
	}
	fn, ok := LookupSpecial(t, (*Type)(items[0].Ref), SpLen) // never there: a negative entry in the cache
	return fmt.Sprint(ok, fn.IsUnset()), nil
}

// TestShapes: instances that got the same attributes in the same order share a shape, whichever way the tree has grown.
func TestShapes(tt *testing.T) {
	t := newTestThread()
	cls := testClass(t, "C")
	mk := func(names ...string) *Instance {
		o := t.NewInstance(cls)
		for i, n := range names {
			if err := o.Set(t, t.Intern(n), Int(int64(i))); err != nil {
				tt.Fatal(err)
			}
		}
		return o
	}
	var many []string
	for i := range 300 {
		many = append(many, fmt.Sprint("n", i))
	}
	for _, names := range [][]string{{"a", "b", "c"}, {"a", "c"}, {"b"}, {"a", "b", "d"}, many, many[:100]} {
		x, y := mk(names...), mk(names...)
		if x.ShapeOf() != y.ShapeOf() {
			tt.Errorf("%d names: two shapes", len(names))
		}
		for i, n := range names {
			if v := must(x.Get(t, newStr(n))); v != Int(int64(i)) {
				tt.Errorf("%s is %v, want %d", n, v, i)
			}
		}
		if v := must(x.Get(t, newStr("zz"))); !v.IsUnset() {
			tt.Error("an attribute that nobody set")
		}
		for i, n := range must(x.Names(t)) {
			if n.S != names[i] {
				tt.Errorf("name %d is %s, want %s", i, n.S, names[i])
			}
		}
	}
}

// TestInstanceUndo: rolling a slice back restores attributes, shape and room of private instances.
func TestInstanceUndo(tt *testing.T) {
	t := newTestThread()
	cls := testClass(t, "C")
	o := t.NewInstance(cls)
	names := func() string {
		s := ""
		for _, n := range must(o.Names(t)) {
			s += fmt.Sprint(n.S, must(o.Get(t, n)).Bits, " ")
		}
		return s
	}
	set := func(n string, v int64) {
		if err := o.Set(t, t.Intern(n), Int(v)); err != nil {
			tt.Fatal(err)
		}
	}
	set("x", 1)
	set("y", 2)
	before, shape := names(), o.ShapeOf()
	for slice := range uint64(3) {
		t.Epoch = (slice + 1) << epochShift
		for i := range 20 {
			set(fmt.Sprint("z", i), 3)
		}
		set("x", 9)
		if err := o.Set(t, t.Intern("y"), Unset); err != nil {
			tt.Fatal(err)
		}
		t.Undo.Rollback()
		if got := names(); got != before || o.ShapeOf() != shape {
			tt.Fatalf("after the rollback: %s, want %s", got, before)
		}
	}
}

// TestConcat: strings built by += are right whoever else extends the same prefix, and take linear time.
func TestConcat(tt *testing.T) {
	t := newTestThread()
	s := newStr("")
	var prefixes []*Str
	want := ""
	for i := range 3000 {
		p := string(rune('a' + i%26))
		v := must(Concat(t, s, newStr(p)))
		s = (*Str)(v.Ref)
		want += p
		if i%37 == 0 {
			prefixes = append(prefixes, s)
		}
	}
	if s.S != want {
		tt.Fatal("wrong string")
	}
	for _, p := range prefixes { // extending an old prefix must not touch what came after it
		v := must(Concat(t, p, newStr("XYZ")))
		w := must(Concat(t, p, newStr("123")))
		if (*Str)(v.Ref).S != want[:len(p.S)]+"XYZ" || (*Str)(w.Ref).S != want[:len(p.S)]+"123" {
			tt.Fatal("wrong extension")
		}
	}
	if s.S != want {
		tt.Fatal("an extension of a prefix changed the string")
	}
	cost := func(n int) float64 {
		return testing.AllocsPerRun(1, func() {
			s := newStr("")
			for range n {
				s = (*Str)(must(Concat(t, s, newStr("ab"))).Ref)
			}
		})
	}
	if c := cost(4000) / cost(2000); c > 2.6 {
		tt.Errorf("twice the appends cost %.1f times the allocations", c)
	}
}

func BenchmarkAppend(b *testing.B) {
	t := newTestThread()
	s, ab := newStr(""), newStr("ab")
	for b.Loop() {
		s = (*Str)(must(Concat(t, s, ab)).Ref)
		if len(s.S) > 1<<20 {
			s = newStr("")
		}
	}
}
