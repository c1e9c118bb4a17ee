package contention

import (
	"cmp"
	"testing"
)

// equal fails the test unless got is want.
func equal[T comparable](t *testing.T, want, got T, what ...any) {
	t.Helper()
	if want != got {
		t.Fatalf("want %v, got %v %v", want, got, what)
	}
}

// less fails the test unless a < b.
func less[T cmp.Ordered](t *testing.T, a, b T, what ...any) {
	t.Helper()
	if a >= b {
		t.Fatalf("want %v < %v %v", a, b, what)
	}
}

// noErr fails the test on an error.
func noErr(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
