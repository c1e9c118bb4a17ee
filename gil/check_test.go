package gil

// Small checks for tests.

import (
	"cmp"
	"reflect"
	"testing"
)

func noError(t testing.TB, err error, what ...any) {
	t.Helper()
	if err != nil {
		t.Fatal(append([]any{err}, what...)...)
	}
}

func equal[T any](t testing.TB, want, got T, what ...any) {
	t.Helper()
	if !reflect.DeepEqual(want, got) {
		t.Fatalf("want %v, got %v %v", want, got, what)
	}
}

// atLeast checks low <= got.
func atLeast[T cmp.Ordered](t testing.TB, low, got T, what ...any) {
	t.Helper()
	if got < low {
		t.Fatalf("want at least %v, got %v %v", low, got, what)
	}
}

// atMost checks got <= high.
func atMost[T cmp.Ordered](t testing.TB, high, got T, what ...any) {
	t.Helper()
	if got > high {
		t.Fatalf("want at most %v, got %v %v", high, got, what)
	}
}

func isTrue(t testing.TB, cond bool, what ...any) {
	t.Helper()
	if !cond {
		t.Fatal(append([]any{"not true:"}, what...)...)
	}
}
