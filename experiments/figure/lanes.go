package figure

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// lanes sets up a timeline and returns the room for the key of its colours.
func (f *Figure) lanes(p *plot.Plot) vg.Length {
	p.X.Min, p.X.Max = math.Inf(1), math.Inf(-1)
	for _, s := range f.Spans {
		p.X.Min, p.X.Max = min(p.X.Min, s.From), max(p.X.Max, s.To)
	}
	if math.IsInf(p.X.Min, 0) {
		p.X.Min, p.X.Max = 0, 1
	}
	p.X.Tick.Marker = linear{}
	p.Y.Min, p.Y.Max = -0.5, float64(len(f.Categories))-0.5
	p.Y.Tick.Marker = names(f.Categories)
	p.Y.Tick.Length, p.Y.LineStyle.Width = 0, 0
	p.Add(spans{f})
	room := vg.Length(0)
	for _, k := range f.Keys {
		room = max(room, style(tickSize, ink).Width(k))
	}
	return room + 6*vg.Millimeter
}

type spans struct{ f *Figure }

func (v spans) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	n := len(v.f.Categories)
	for _, s := range v.f.Spans {
		y := float64(n - 1 - s.Lane)
		box(c, colour(s.Colour), tx(s.From), ty(y-0.36), max(tx(s.To), tx(s.From)+0.25), ty(y+0.36))
	}
	for i, k := range v.f.Keys {
		y := c.Max.Y - vg.Length(i)*9 - 4
		x := c.Max.X + 2*vg.Millimeter
		box(c, colour(i), x, y-2, x+4, y+2)
		st := style(tickSize, ink)
		st.YAlign = text.YCenter
		c.FillText(st, vg.Point{X: x + 2*vg.Millimeter, Y: y}, k)
	}
}
