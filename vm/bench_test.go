package vm_test

import (
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"gilt/vm"
)

// sizes are the arguments of the kernels for benchmarks: some tenths of a second each under CPython.
var sizes = map[string]string{
	"intloop": "20000", "fib": "27", "nbody": "20000", "fannkuch": "8", "spectral": "120", "nqueens": "8", "bintrees": "11",
	"scheduler": "20000", "solver": "1500", "mandelbrot": "150", "strings": "30000", "dicts": "80000", "sorting": "20000",
	"generators": "60000", "pidigits": "800",
}

// BenchmarkKernels runs the classic kernels. testdata/compare.py sets the command beside a CPython.
func BenchmarkKernels(b *testing.B) {
	for _, f := range programs(b, "testdata/kernels") {
		name := strings.TrimSuffix(filepath.Base(f), ".py")
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				execute(b, vm.Config{}, f, sizes[name])
			}
		})
	}
}

// BenchmarkMicro runs the small loops, a hundred thousand iterations each.
func BenchmarkMicro(b *testing.B) {
	const n = 100000
	for _, f := range programs(b, "testdata/micro") {
		b.Run(strings.TrimSuffix(filepath.Base(f), ".py"), func(b *testing.B) {
			for b.Loop() {
				execute(b, vm.Config{}, f, strconv.Itoa(n))
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/iteration")
		})
	}
}
