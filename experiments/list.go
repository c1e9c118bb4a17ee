package experiments

// All are the experiments, in the order in which they run.
func All() []*Experiment {
	return []*Experiment{
		overhead(), ablation(), private(), countThreads(), countLocks(), ctrlC(), interrupted(), echo(), interval(), convoy(), sweep(),
		neverSlower(), scaling(), scalingReal(), generation(), heat(), lengths(), areas(), readers(), logging(), refcounts(), lazyEager(), managers(),
		swap(), coarse(), timelines(), pipe(), native(), ccbench(), ccLatency(), starts(), sharing(), pool(), jobs(), library(), validation(), sensitivity(),
	}
}

// grid is every combination of factors: the last varies fastest. Arguments alternate between a key and its values.
func grid(kv ...any) []Point {
	points := []Point{nil}
	for i := 0; i < len(kv); i += 2 {
		var next []Point
		for _, p := range points {
			for _, v := range kv[i+1].([]string) {
				next = append(next, append(p[:len(p):len(p)], Factor{kv[i].(string), v}))
			}
		}
		points = next
	}
	return points
}

// these is a list of values.
func these(v ...string) []string { return v }

// sec is the unit of times.
var sec = Unit{"sec", "lower"}
