package machine

import (
	"reflect"
	"strings"
	"testing"
	"unsafe"
)

var sink uint64

func ptr[T any](p *T) unsafe.Pointer { return unsafe.Pointer(p) }

func noError(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func equal[T any](t testing.TB, want, got T) {
	t.Helper()
	if !reflect.DeepEqual(want, got) {
		t.Fatalf("got %v, want %v", got, want)
	}
}

func contains(t testing.TB, s, part string) {
	t.Helper()
	if !strings.Contains(s, part) {
		t.Fatalf("%q not in:\n%s", part, s)
	}
}
