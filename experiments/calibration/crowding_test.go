package calibration

import (
	"math"
	"testing"
)

// The price is a share of the time alone, and none of what is faster beside others is believed.
func TestCrowded(t *testing.T) {
	for _, c := range []struct {
		quotients []float64
		want      float64
	}{
		{nil, 0}, {[]float64{1, 1}, 0}, {[]float64{1.5}, 0.5}, {[]float64{1, 4}, 1}, {[]float64{0.5, 2, 1.44, 1}, math.Pow(1.44, 0.25) - 1}, {[]float64{0.9, 0.8}, 0},
	} {
		if got := crowded(c.quotients); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%v: %v, want %v", c.quotients, got, c.want)
		}
	}
}

// Programs weigh as much as the loops before them, and never less than a loop each.
func TestWeigh(t *testing.T) {
	s := make([]Sample, 40)
	weigh(s, 30)
	sum := [2]float64{}
	for i := range s {
		w := max(s[i].Weight, 0)
		if w == 0 {
			w = 1
		}
		if i < 30 {
			sum[0] += w
		} else {
			sum[1] += w
		}
	}
	if sum[0] != sum[1] {
		t.Errorf("loops weigh %v, programs %v", sum[0], sum[1])
	}
	few := make([]Sample, 5)
	weigh(few, 1)
	if few[4].Weight != 1 {
		t.Errorf("a program weighs %v", few[4].Weight)
	}
	weigh(few, 5) // no programs: nothing to weigh
}

// Weights count: of two samples that contradict each other, the heavier one is explained better.
func TestFitMindsWeights(t *testing.T) {
	price := func(weight float64) float64 {
		s := []Sample{{Name: "loop", NS: 10}, {Name: "program", NS: 20, Weight: weight}}
		for i := range s {
			s[i].Work.Units[plainKinds[0]] = 5
		}
		c := Result{}.Costs
		fit(&c, s, -1, plainKinds[:1])
		return c.Kind[plainKinds[0]]
	}
	even, heavy := price(0), price(9)
	if !(heavy > even+0.3 && heavy <= 4.001 && even >= 2) {
		t.Errorf("2 ns by the loop, 4 ns by the program: %v with even weights, %v with a heavy program", even, heavy)
	}
}
