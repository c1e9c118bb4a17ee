//go:build race

package object

import (
	"sync"
	"testing"

	"gilt/stm"
)

// A transaction that has published a container drops its private representation after the commit, when others can use the container
// already. They look at its flag first and, if it is shared, at nothing private: the race detector watches. Between the commit
// and the drop the publisher releases nothing that the user acquires, so the detector sees the race in whatever order they come.
func TestPublishedIsNotLookedAt(t *testing.T) {
	kinds := map[string]func(th *Thread) Value{
		"dict": func(th *Thread) Value {
			d := th.NewDict()
			if err := d.Set(th, Int(1), Int(1)); err != nil {
				panic(err)
			}
			return d.Value()
		},
		"list": func(th *Thread) Value { return th.NewList([]Value{Int(1), Int(2)}) },
		"set": func(th *Thread) Value {
			s := th.NewSet()
			must(s.Add(th, Int(1)))
			return s.Value()
		},
		"deque": func(th *Thread) Value {
			d := th.NewDeque(-1)
			if err := d.Push(th, Int(1), false); err != nil {
				panic(err)
			}
			return d.Value()
		},
	}
	one, two, text := Int(1), Int(2), str("a")
	for _, x := range []struct {
		kind, method string
		args         []Value
	}{
		{"dict", "__setitem__", []Value{one, two}}, {"dict", "__setitem__", []Value{text, two}}, {"dict", "__getitem__", []Value{one}},
		{"dict", "get", []Value{text}}, {"dict", "setdefault", []Value{two, one}}, {"dict", "__delitem__", []Value{one}},
		{"dict", "pop", []Value{one}}, {"dict", "popitem", nil}, {"dict", "clear", nil}, {"dict", "copy", nil}, {"dict", "__len__", nil},
		{"dict", "__contains__", []Value{one}}, {"dict", "__repr__", nil}, {"dict", "keys", nil}, {"dict", "items", nil}, {"dict", "__iter__", nil},
		{"dict", "__reversed__", nil}, {"dict", "__eq__", []Value{two}}, {"dict", "update", nil},
		{"list", "__setitem__", []Value{one, two}}, {"list", "__getitem__", []Value{one}}, {"list", "__delitem__", []Value{one}},
		{"list", "append", []Value{one}}, {"list", "pop", nil}, {"list", "pop", []Value{Int(0)}}, {"list", "insert", []Value{Int(0), two}},
		{"list", "clear", nil}, {"list", "copy", nil}, {"list", "sort", nil}, {"list", "reverse", nil}, {"list", "index", []Value{two}},
		{"list", "count", []Value{one}}, {"list", "remove", []Value{one}}, {"list", "__contains__", []Value{two}}, {"list", "__len__", nil},
		{"list", "__repr__", nil}, {"list", "__iter__", nil}, {"list", "__reversed__", nil}, {"list", "__mul__", []Value{two}},
		{"set", "add", []Value{one}}, {"set", "add", []Value{two}}, {"set", "discard", []Value{one}}, {"set", "remove", []Value{one}},
		{"set", "pop", nil}, {"set", "clear", nil}, {"set", "copy", nil}, {"set", "union", nil}, {"set", "update", nil},
		{"set", "__contains__", []Value{one}}, {"set", "__len__", nil}, {"set", "__repr__", nil}, {"set", "__iter__", nil},
		{"deque", "append", []Value{one}}, {"deque", "appendleft", []Value{one}}, {"deque", "pop", nil}, {"deque", "popleft", nil},
		{"deque", "rotate", []Value{one}}, {"deque", "clear", nil}, {"deque", "copy", nil}, {"deque", "__getitem__", []Value{Int(0)}},
		{"deque", "__setitem__", []Value{Int(0), two}}, {"deque", "insert", []Value{Int(0), two}}, {"deque", "remove", []Value{one}},
		{"deque", "count", []Value{one}}, {"deque", "__len__", nil}, {"deque", "__repr__", nil}, {"deque", "__iter__", nil},
	} {
		t.Run(x.kind+" "+x.method, func(t *testing.T) {
			publishAndUse(t, kinds[x.kind], func(th *Thread, v Value) error {
				_, err := CallMethod(th, v, x.method, x.args...)
				return err
			})
		})
	}
	for kind, f := range kinds { // the ways of the interpreter's own instructions
		t.Run(kind, func(t *testing.T) {
			publishAndUse(t, f, func(th *Thread, v Value) error { _, err := Truth(th, v); return err })
			publishAndUse(t, f, func(th *Thread, v Value) error { _, err := ToSlice(th, v); return err })
			publishAndUse(t, f, func(th *Thread, v Value) error { _, err := Contains(th, v, one); return err })
			if kind != "set" {
				publishAndUse(t, f, func(th *Thread, v Value) error { return SetItem(th, v, one, two) })
				publishAndUse(t, f, func(th *Thread, v Value) error { _, err := GetItem(th, v, one); return err })
			}
		})
	}
}

// publishAndUse lets a thread publish a container in a transaction, and another one use it in a transaction as soon as it finds it.
func publishAndUse(t *testing.T, create func(th *Thread) Value, use func(th *Thread, v Value) error) {
	w, setup := adopted(t, stm.Options{})
	holder := setup.MakeList(nil)
	Publish(setup, holder.Value())
	publisher, user := w.thread(w.m.Adopt("publisher"), 1), w.thread(w.m.Adopt("user"), 2)
	var both sync.WaitGroup
	both.Go(func() {
		_ = publisher.slice(func() error { return holder.Append(publisher, create(publisher)) })
	})
	both.Go(func() {
		for used := false; !used; {
			_ = user.slice(func() error {
				v, ok, err := holder.Get(user, 0)
				if used = ok; !ok || err != nil {
					return err
				}
				if err := use(user, v); IsAbort(err) {
					return err // any other is the program's business
				}
				return nil
			})
		}
	})
	both.Wait()
}
