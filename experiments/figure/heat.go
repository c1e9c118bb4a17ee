package figure

import (
	"image/color"
	"math"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// viridis is matplotlib's map at nine places; colours between them are mixed.
var viridis = []color.NRGBA{
	{68, 1, 84, 255}, {71, 44, 122, 255}, {59, 81, 139, 255}, {44, 113, 142, 255}, {33, 144, 141, 255},
	{39, 173, 129, 255}, {92, 200, 99, 255}, {170, 220, 50, 255}, {253, 231, 37, 255},
}

// shade is the colour at a place between 0 and 1.
func shade(x float64) color.NRGBA {
	x = min(1, max(0, x)) * float64(len(viridis)-1)
	i := min(int(x), len(viridis)-2)
	a, b, r := viridis[i], viridis[i+1], x-float64(i)
	mix := func(p, q uint8) uint8 { return uint8(math.Round(float64(p) + (float64(q)-float64(p))*r)) }
	return color.NRGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 255}
}

// heat sets up a heat map and returns the room for its colour bar.
func (f *Figure) heat(p *plot.Plot) vg.Length {
	p.X.Min, p.X.Max = -0.5, float64(len(f.Columns))-0.5
	p.Y.Min, p.Y.Max = -0.5, float64(len(f.Categories))-0.5
	p.Y.Tick.Marker = names(f.Categories)
	p.X.Tick.Marker = columns(f.Columns)
	longest := vg.Length(0)
	for _, s := range f.Columns {
		longest = max(longest, style(tickSize, ink).Width(s))
	}
	w, _ := f.size()
	if longest > (w-30*vg.Millimeter)/vg.Length(max(1, len(f.Columns))) {
		p.X.Tick.Label.Rotation = math.Pi / 5
		p.X.Tick.Label.XAlign, p.X.Tick.Label.YAlign = text.XRight, text.YTop
	}
	for _, a := range []*plot.Axis{&p.X, &p.Y} {
		a.Tick.Length, a.LineStyle.Width, a.Padding = 0, 0, 0.8*vg.Millimeter
	}
	p.Add(heatCells{f})
	return 13 * vg.Millimeter
}

// columns are ticks with the columns' names.
type columns []string

func (n columns) Ticks(_, _ float64) []plot.Tick {
	var out []plot.Tick
	for i, s := range n {
		out = append(out, plot.Tick{Value: float64(i), Label: s})
	}
	return out
}

type heatCells struct{ f *Figure }

func (v heatCells) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, row := range v.f.Cells {
		for _, x := range row {
			if !math.IsNaN(x) {
				lo, hi = min(lo, x), max(hi, x)
			}
		}
	}
	if math.IsInf(lo, 0) {
		return
	}
	if v.f.ZeroY {
		lo = min(0, lo)
	}
	if hi == lo {
		hi = lo + 1
	}
	place := func(x float64) float64 { return (x - lo) / (hi - lo) }
	n := len(v.f.Cells)
	for r, row := range v.f.Cells {
		y := float64(n - 1 - r)
		for k, x := range row {
			if math.IsNaN(x) {
				continue
			}
			box(c, shade(place(x)), tx(float64(k)-0.5), ty(y-0.5), tx(float64(k)+0.5), ty(y+0.5))
			st := style(6, color.White)
			if place(x) > 0.6 {
				st.Color = color.Black
			}
			st.XAlign, st.YAlign = text.XCenter, text.YCenter
			s := short(x)
			if v.f.CellText != nil {
				s = v.f.CellText[r][k]
			}
			c.FillText(st, vg.Point{X: tx(float64(k)), Y: ty(y)}, s)
		}
	}
	const steps = 64
	x := c.Max.X + 2*vg.Millimeter
	high := c.Max.Y - c.Min.Y
	for i := range steps {
		box(c, shade((float64(i)+0.5)/steps), x, c.Min.Y+high*vg.Length(i)/steps, x+2*vg.Millimeter, c.Max.Y)
	}
	for _, t := range (linear{}).Ticks(lo, hi) {
		st := style(6, ink)
		st.YAlign = text.YCenter
		c.FillText(st, vg.Point{X: x + 2.6*vg.Millimeter, Y: c.Min.Y + high*vg.Length(place(t.Value))}, t.Label)
	}
}

func box(c draw.Canvas, col color.Color, x0, y0, x1, y1 vg.Length) {
	c.FillPolygon(col, []vg.Point{{X: x0, Y: y0}, {X: x1, Y: y0}, {X: x1, Y: y1}, {X: x0, Y: y1}})
}

// short writes a cell's number in little space.
func short(x float64) string {
	switch a := math.Abs(x); {
	case a >= 1000:
		return number(math.Round(x/100) * 100)
	case a >= 100:
		return strconv.FormatFloat(x, 'f', 0, 64)
	case a >= 10:
		return strconv.FormatFloat(x, 'f', 1, 64)
	}
	return strconv.FormatFloat(x, 'f', 2, 64)
}
