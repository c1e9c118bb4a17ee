package vm_test

import (
	"fmt"
	"testing"

	"gilt/vm"
)

// Forced aborts at every place in turn, where a slice that is rolled back might leave something behind.

// TestForcedLookups: a slice that is rolled back while it looks for a special method has not found it. Neither is what it makes of
// that kept for later calls and accesses of attributes, nor does anything break. Every round has new classes, so
// that nothing is known of them.
func TestForcedLookups(t *testing.T) {
	file := written(t, `
class Meta(type):
    def __call__(cls, *args):
        return super().__call__(*args)

class Get:
    def __get__(self, o, cls=None): return 'got'

class GetSet(Get):
    def __set__(self, o, v): o.seen.append(v)

def round(base, meta):
    class Made(base, metaclass=meta):
        def __new__(cls, *args):
            o = super().__new__(cls)
            o.seen = ['made']
            return o
    class Begun(base, metaclass=meta):
        def __init__(self, *args): self.seen = list(args)
        got, put = Get(), GetSet()
    class Both(Made, Begun): pass
    out = []
    for cls in (Made, Begun, Both):
        for i in range(2):
            o = cls(i)
            o.put = i
            out += o.seen, getattr(o, 'got', None), getattr(o, 'put', None)
    return out

class Plain: pass
for k in range(6):
    print(round((Plain, object)[k % 2], (type, Meta)[k // 2 % 2]))
`)
	want := execute(t, vm.Config{}, file)
	n := 200
	if testing.Short() {
		n = 40
	}
	for every := 2; every < n; every++ {
		c := vm.Config{Mode: vm.ModeSTM, NoBypass: true, Phases: vm.PhaseOff, Off: []string{"private", "epoch"}, Slice: []int{0, 30, 400}[every%3],
			AbortEvery: every, Algorithm: defaultAlgorithms[every%len(defaultAlgorithms)]}
		t.Run(fmt.Sprint(every), func(t *testing.T) {
			if got := execute(t, c, file); got != want {
				t.Errorf("%s: %s", c.Algorithm, firstDifference(got, want))
			}
		})
	}
}

// TestForcedDraws: what cannot read the state of the generator draws nothing.
func TestForcedDraws(t *testing.T) {
	file := written(t, `
import random
r = random.Random(1)
n = 0
for i in range(12):
    for k in 1, 31, 32, 33, 40, 63, 64, 65, 100:
        n = (n * 3 + r.getrandbits(k)) % 1000003
    n += r.randrange(10 ** 15) + r.random() + r.gauss(0, 1) + len(r.sample(range(100), 5)) + len(r.randbytes(9))
print(n)
`)
	want := execute(t, vm.Config{}, file)
	for every := 2; every < 50; every++ {
		c := vm.Config{Mode: vm.ModeSTM, NoBypass: true, Phases: vm.PhaseOff, Off: []string{"private"}, AbortEvery: every,
			Algorithm: defaultAlgorithms[every%len(defaultAlgorithms)]}
		if got := execute(t, c, file); got != want {
			t.Errorf("%s, aborts every %d: %s", c.Algorithm, every, firstDifference(got, want))
		}
	}
}
