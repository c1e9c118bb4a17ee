package figure

import (
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
)

// Our own ticks: round numbers, powers on logarithmic axes, and labels that people read at a glance (10k, 0.1).

// number writes a tick.
func number(v float64) string {
	a := math.Abs(v)
	for _, u := range []struct {
		by   float64
		name string
	}{{1e9, "G"}, {1e6, "M"}, {1e3, "k"}} {
		if a >= u.by*0.9999999 {
			return strconv.FormatFloat(math.Round(v/u.by*1e6)/1e6, 'f', -1, 64) + u.name
		}
	}
	if v == 0 {
		return "0"
	}
	if a < 1e-4 {
		return strings.Replace(strconv.FormatFloat(v, 'e', -1, 64), "e-0", "e-", 1)
	}
	return strconv.FormatFloat(math.Round(v*1e7)/1e7, 'f', -1, 64)
}

// linear gives about five round ticks.
type linear struct{}

func (linear) Ticks(lo, hi float64) []plot.Tick {
	if !(hi > lo) {
		return []plot.Tick{{Value: lo, Label: number(lo)}}
	}
	raw := (hi - lo) / 4.5
	mag := math.Pow(10, math.Floor(math.Log10(raw)))
	step := mag
	for _, m := range []float64{1, 2, 2.5, 5, 10} {
		if step = m * mag; step >= raw {
			break
		}
	}
	var out []plot.Tick
	for i := math.Ceil(lo/step - 1e-9); i*step <= hi+step*1e-9; i++ {
		v := i * step
		out = append(out, plot.Tick{Value: v, Label: number(v)})
	}
	return out
}

// decades gives powers of ten with labels; where these are few, 2 and 5 have labels too.
type decades struct{}

func (decades) Ticks(lo, hi float64) []plot.Tick {
	var out []plot.Tick
	span := math.Log10(hi / lo)
	every := int(math.Ceil(span / 7))
	for e := int(math.Floor(math.Log10(lo))); e <= int(math.Ceil(math.Log10(hi))); e++ {
		for m := 1; m < 10; m++ {
			v := float64(m) * math.Pow(10, float64(e))
			if v < lo*0.999999 || v > hi*1.000001 {
				continue
			}
			t := plot.Tick{Value: v}
			if m == 1 && e%max(1, every) == 0 || span < 2.2 && (m == 2 || m == 5) || span < 0.8 {
				t.Label = number(v)
			}
			out = append(out, t)
		}
	}
	return out
}

// powers gives powers of two.
type powers struct{}

func (powers) Ticks(lo, hi float64) []plot.Tick {
	var out []plot.Tick
	for e := math.Floor(math.Log2(lo)); e <= math.Ceil(math.Log2(hi)); e++ {
		if v := math.Exp2(e); v >= lo*0.999999 && v <= hi*1.000001 {
			out = append(out, plot.Tick{Value: v, Label: number1(v)})
		}
	}
	return out
}

// number1 writes a power of two.
func number1(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
