package figure

import (
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// rows sets up a plot with a category per row and returns the room for the series' names at the right.
func (f *Figure) rows(p *plot.Plot) vg.Length {
	p.X.Min, p.X.Max = math.Inf(1), math.Inf(-1)
	for _, s := range f.Series {
		for _, d := range s.Dots {
			for _, v := range []float64{d.Y, d.Lo, d.Hi} {
				if !math.IsNaN(v) && (!f.LogX || v > 0) {
					p.X.Min, p.X.Max = min(p.X.Min, v), max(p.X.Max, v)
				}
			}
		}
	}
	if f.Reference != 0 {
		p.X.Min, p.X.Max = min(p.X.Min, f.Reference), max(p.X.Max, f.Reference)
	}
	f.scale(&p.X, f.LogX, false, f.ZeroY)
	n := len(f.Categories)
	p.Y.Min, p.Y.Max = -0.5, float64(n)-0.5
	p.Y.Tick.Marker = names(f.Categories)
	p.Y.Tick.Length = 0
	p.Y.LineStyle.Width = 0
	p.Add(rowMarks{f})
	if len(f.Series) < 2 {
		return 2 * vg.Millimeter
	}
	room := vg.Length(0)
	for _, s := range f.Series {
		room = max(room, style(tickSize, ink).Width(s.Name))
	}
	return room + 5*vg.Millimeter
}

// names are ticks with categories, the first at the top.
type names []string

func (n names) Ticks(_, _ float64) []plot.Tick {
	var out []plot.Tick
	for i, s := range n {
		out = append(out, plot.Tick{Value: float64(len(n) - 1 - i), Label: s})
	}
	return out
}

// rowMarks draws markers with their intervals, and a key at the right.
type rowMarks struct{ f *Figure }

func (v rowMarks) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	n := len(v.f.Categories)
	for i := range n {
		if i%2 == 1 {
			lo, hi := ty(float64(i)-0.5), ty(float64(i)+0.5)
			c.FillPolygon(color.Gray{246}, []vg.Point{{X: c.Min.X, Y: lo}, {X: c.Max.X, Y: lo}, {X: c.Max.X, Y: hi}, {X: c.Min.X, Y: hi}})
		}
	}
	for _, t := range p.X.Tick.Marker.Ticks(p.X.Min, p.X.Max) {
		if t.Label != "" {
			x := tx(t.Value)
			c.StrokeLine2(draw.LineStyle{Color: grid, Width: 0.4}, x, c.Min.Y, x, c.Max.Y)
		}
	}
	if r := v.f.Reference; r != 0 {
		c.StrokeLine2(draw.LineStyle{Color: faint, Width: 0.7, Dashes: []vg.Length{2, 1.5}}, tx(r), c.Min.Y, tx(r), c.Max.Y)
	}
	k := float64(len(v.f.Series))
	for i, s := range v.f.Series {
		for _, d := range s.Dots {
			if math.IsNaN(d.Y) || v.f.LogX && d.Y <= 0 {
				continue
			}
			row := float64(n-1) - d.X + 0.36*(k-1-2*float64(i))/max(1, k)
			lo, hi := d.Lo, d.Hi
			if v.f.LogX {
				lo = max(lo, p.X.Min)
			}
			y := ty(row)
			c.StrokeLine2(draw.LineStyle{Color: colour(i), Width: 0.8}, tx(lo), y, tx(hi), y)
			c.DrawGlyph(draw.GlyphStyle{Color: colour(i), Radius: 1.8, Shape: shape(i)}, vg.Point{X: tx(d.Y), Y: y})
		}
		if len(v.f.Series) > 1 {
			y := c.Max.Y - vg.Length(i)*9 - 4
			x := c.Max.X + 2.5*vg.Millimeter
			c.DrawGlyphNoClip(draw.GlyphStyle{Color: colour(i), Radius: 1.8, Shape: shape(i)}, vg.Point{X: x, Y: y})
			st := style(tickSize, colour(i))
			st.YAlign = text.YCenter
			c.FillText(st, vg.Point{X: x + 1.6*vg.Millimeter, Y: y}, s.Name)
		}
	}
}
