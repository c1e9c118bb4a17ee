package experiments

// The threaded programs: workloads with the sizes at which they are measured. On real cores a timed part takes about 0.1 s in
// quick runs and 0.3 s in full ones under the GIL, so that starting threads and interpreters does not count, and a run that
// measures while it goes (vm/phase.go) has the time for it. In virtual time, where each instruction has its price at once, a few
// milliseconds do for 4 cores. Independent programs have tens of them in full runs, or what 64 threads gain is lost in starting
// them; but the Mersenne numbers, whose long multiplications are as cheap in virtual time as short ones, and take real time.

// program is a workload with its knobs and the value of its knob n.
type program struct {
	name, file string
	fixed      []string // knobs that are always the same
	shared     bool     // its threads share a structure
	eight      bool     // one of the programs with which PyPy's transactional memory was measured
	sim        [3]int   // n by scale in virtual time, 0: not measured there
	real       [3]int   // n by scale on real cores
}

// programs are all of them.
func programs() []program {
	micro := func(what string, shared bool, sim, real [3]int) program {
		return program{name: what, file: "micro", fixed: these("what=" + what), shared: shared, sim: sim, real: real}
	}
	eight := func(name string, shared bool, sim, real [3]int) program {
		return program{name: name, file: name, shared: shared, eight: true, sim: sim, real: real}
	}
	other := func(name, file string, real [3]int, fixed ...string) program {
		return program{name: name, file: file, fixed: fixed, shared: true, real: real}
	}
	return []program{
		micro("disjoint", false, [3]int{600, 48000, 200000}, [3]int{600, 5_000_000, 15_000_000}),
		micro("dict", true, [3]int{600, 24000, 100000}, [3]int{600, 3_400_000, 10_000_000}),
		micro("counter", true, [3]int{300, 12000, 48000}, [3]int{300, 720_000, 2_200_000}),
		eight("btree", true, [3]int{60, 3000, 12000}, [3]int{60, 80000, 200_000}),
		eight("skiplist", true, [3]int{60, 3000, 12000}, [3]int{60, 24000, 60000}),
		eight("threadworms", true, [3]int{40, 8000, 32000}, [3]int{40, 96000, 280_000}),
		eight("miller_rabin", false, [3]int{20, 9600, 60000}, [3]int{20, 132_000, 400_000}),
		eight("mandelbrot", false, [3]int{6, 64, 256}, [3]int{6, 300, 520}),
		eight("raytrace", false, [3]int{4, 24, 160}, [3]int{4, 120, 200}),
		eight("richards", false, [3]int{1, 64, 1024}, [3]int{1, 2600, 8000}),
		eight("mersenne", false, [3]int{40, 500, 3000}, [3]int{40, 900, 1200}),
		other("areas", "areas", [3]int{400, 2_800_000, 8_000_000}),
		other("coarse", "coarse", [3]int{100, 160_000, 480_000}),
		other("contend", "contend", [3]int{200, 260_000, 800_000}),
		other("contend-hot", "contend", [3]int{200, 280_000, 800_000}, "hot=1", "writes=100"),
		{name: "count", file: "count", real: [3]int{2000, 8_000_000, 24_000_000}},
		other("log-list", "log", [3]int{20, 40000, 120_000}, "log=list"),
		other("log-print", "log", [3]int{20, 40000, 120_000}, "log=print"),
		other("pipe", "pipe", [3]int{100, 144_000, 430_000}),
		other("refcount", "refcount", [3]int{400, 1_800_000, 5_400_000}),
		other("swap", "swap", [3]int{8, 4000, 12000}),
	}
}

// sizeKnob is the knob that says how much a program does.
func (p program) sizeKnob() string {
	if p.file == "swap" {
		return "rounds"
	}
	return "n"
}

// knobs are the program's arguments for a number of threads.
func (p program) knobs(n, threads int) []string {
	k := append(p.fixed[:len(p.fixed):len(p.fixed)], knob(p.sizeKnob(), n))
	if p.file != "swap" && p.file != "pipe" { // always two
		k = append(k, knob("threads", threads))
	}
	return k
}

// programsWhere are the programs that fit, by name and in order.
func programsWhere(want func(program) bool) (names []string, byName map[string]program) {
	byName = map[string]program{}
	for _, p := range programs() {
		if want(p) {
			names, byName[p.name] = append(names, p.name), p
		}
	}
	return names, byName
}
