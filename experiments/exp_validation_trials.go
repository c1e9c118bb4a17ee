package experiments

import (
	"os"
	"path/filepath"

	"gilt/experiments/calibration"
)

// The workloads of validation and calibration, in two halves.

// trial is a program with its knobs. Its size is a power of ten or so that takes tens of milliseconds.
type trial struct {
	name  string
	file  string
	knobs []string
	size  int
}

// trials are in alphabetical order: those at even places are for calibration, the others for validation.
var trials = []trial{
	{"areas", "areas", nil, 300000},
	{"btree", "btree", nil, 12000},
	{"coarse", "coarse", nil, 30000},
	{"contend-cool", "contend", []string{"hot=1024", "writes=50"}, 60000},
	{"contend-hot", "contend", []string{"hot=16", "writes=50"}, 60000},
	{"contend-read", "contend", []string{"hot=16", "writes=5"}, 60000},
	{"contend-wide", "contend", []string{"hot=64", "apart=64", "writes=20"}, 60000},
	{"counter", "micro", []string{"what=counter"}, 60000},
	{"dict", "micro", []string{"what=dict"}, 150000},
	{"disjoint", "micro", []string{"what=disjoint"}, 400000},
	{"log", "log", nil, 4000},
	{"mandelbrot", "mandelbrot", nil, 150},
	{"mersenne", "mersenne", nil, 700},
	{"miller-rabin", "miller_rabin", nil, 30000},
	{"raytrace", "raytrace", nil, 80},
	{"refcount", "refcount", nil, 60000},
	{"richards", "richards", nil, 256},
	{"skiplist", "skiplist", nil, 8000},
	{"threadworms", "threadworms", nil, 20000},
}

// forCalibration says whether a trial is in the half that prices are calibrated with.
func forCalibration(i int) bool { return i%2 == 0 }

// trialNamed finds a trial; half is calibration or validation.
func trialNamed(name string) (t *trial, half string) {
	for i := range trials {
		if trials[i].name == name {
			if forCalibration(i) {
				return &trials[i], "calibration"
			}
			return &trials[i], "validation"
		}
	}
	panic("experiments: no trial " + name)
}

// ForCalibration writes the half of the workloads that is for calibration into a new directory, and gives them as programs on one
// core, each under the GIL and in transactions.
func ForCalibration() (dir string, list []calibration.Program, err error) {
	if dir, err = os.MkdirTemp("", "gilt-workloads-"); err != nil {
		return "", nil, err
	}
	if err := extract(dir); err != nil {
		return dir, nil, err
	}
	for i, t := range trials {
		if !forCalibration(i) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, t.file+".py"))
		if err != nil {
			return dir, nil, err
		}
		for _, shared := range []bool{false, true} {
			list = append(list, calibration.Program{Name: t.name, Dir: dir, Source: text,
				Args: append([]string{"threads=1", "n=%d"}, t.knobs...), Size: t.size / 4, Shared: shared})
		}
	}
	return dir, list, nil
}
