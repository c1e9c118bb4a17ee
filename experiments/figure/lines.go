package figure

import (
	"image/color"
	"math"
	"sort"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// lines sets up a plot of lines and returns the room that their names need at the right.
func (f *Figure) lines(p *plot.Plot) vg.Length {
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, s := range f.Series {
		for _, d := range s.Dots {
			p.X.Min, p.X.Max = min(p.X.Min, d.X), max(p.X.Max, d.X)
			for _, y := range []float64{d.Y, d.Lo, d.Hi} {
				if !math.IsNaN(y) && (!f.LogY || y > 0) {
					p.Y.Min, p.Y.Max = min(p.Y.Min, y), max(p.Y.Max, y)
				}
			}
		}
	}
	if f.Reference != 0 {
		p.Y.Min, p.Y.Max = min(p.Y.Min, f.Reference), max(p.Y.Max, f.Reference)
	}
	f.scale(&p.X, f.LogX, f.Log2X, false)
	f.scale(&p.Y, f.LogY, false, f.ZeroY)
	p.Add(lineGrid{}, curves{f})
	room := vg.Length(0)
	for _, s := range f.Series {
		room = max(room, style(tickSize, ink).Width(s.Name))
	}
	return room + 3*vg.Millimeter
}

// scale finishes an axis whose least and greatest values are known.
func (f *Figure) scale(a *plot.Axis, log, log2, zero bool) {
	if math.IsInf(a.Min, 0) { // no data
		a.Min, a.Max = 1, 2
	}
	if log || log2 {
		if a.Min == a.Max {
			a.Min, a.Max = a.Min/2, a.Max*2
		}
		a.Scale, a.Tick.Marker = plot.LogScale{}, decades{}
		if log2 {
			a.Tick.Marker = powers{}
			return
		}
		r := math.Pow(a.Max/a.Min, 0.04)
		a.Min, a.Max = a.Min/r, a.Max*r
		return
	}
	a.Tick.Marker = linear{}
	if zero {
		a.Min = min(0, a.Min)
	}
	if a.Min == a.Max {
		a.Max = a.Min + max(1, math.Abs(a.Min))
	}
	room := (a.Max - a.Min) * 0.05
	if a.Min != 0 {
		a.Min -= room
	}
	a.Max += room
}

// lineGrid draws faint lines at the labelled ticks of the axis of values.
type lineGrid struct{}

func (lineGrid) Plot(c draw.Canvas, p *plot.Plot) {
	_, ty := p.Transforms(&c)
	for _, t := range p.Y.Tick.Marker.Ticks(p.Y.Min, p.Y.Max) {
		if t.Label != "" {
			y := ty(t.Value)
			c.StrokeLine2(draw.LineStyle{Color: grid, Width: 0.4}, c.Min.X, y, c.Max.X, y)
		}
	}
}

// curves draws the series: bands, lines, markers, then names at the ends, pushed apart where they would touch.
type curves struct{ f *Figure }

func (v curves) Plot(c draw.Canvas, p *plot.Plot) {
	tx, ty := p.Transforms(&c)
	clamp := func(y float64) vg.Length {
		if v.f.LogY && y <= 0 {
			return c.Min.Y
		}
		return min(c.Max.Y, max(c.Min.Y, ty(y)))
	}
	if r := v.f.Reference; r != 0 {
		c.StrokeLine2(draw.LineStyle{Color: faint, Width: 0.6, Dashes: []vg.Length{2, 1.5}}, c.Min.X, ty(r), c.Max.X, ty(r))
	}
	for i, s := range v.f.Series {
		col := colour(i)
		band := color.NRGBA{col.R, col.G, col.B, 45}
		var up, down []vg.Point
		for _, d := range s.Dots {
			up = append(up, vg.Point{X: tx(d.X), Y: clamp(d.Hi)})
			down = append(down, vg.Point{X: tx(d.X), Y: clamp(d.Lo)})
		}
		for k := len(down) - 1; k >= 0; k-- {
			up = append(up, down[k])
		}
		if len(s.Dots) > 1 {
			c.FillPolygon(band, up)
		}
	}
	type label struct {
		y    vg.Length
		i    int
		name string
		at   vg.Point
	}
	var labels []label
	for i, s := range v.f.Series {
		col := colour(i)
		var pts []vg.Point
		for _, d := range s.Dots {
			pts = append(pts, vg.Point{X: tx(d.X), Y: clamp(d.Y)})
		}
		if len(pts) == 0 {
			continue
		}
		c.StrokeLines(draw.LineStyle{Color: col, Width: 1, Dashes: dashes[i%len(dashes)]}, pts)
		for k, pt := range pts {
			c.DrawGlyph(draw.GlyphStyle{Color: col, Radius: 1.6, Shape: shape(i)}, pt)
			if len(pts) == 1 {
				d := s.Dots[k]
				c.StrokeLine2(draw.LineStyle{Color: col, Width: 0.8}, pt.X, clamp(d.Lo), pt.X, clamp(d.Hi))
			}
		}
		end := pts[len(pts)-1]
		labels = append(labels, label{end.Y, i, s.Name, end})
	}
	sort.SliceStable(labels, func(a, b int) bool { return labels[a].y < labels[b].y })
	const gap = vg.Length(8)
	for k := range labels {
		labels[k].y = max(labels[k].y, c.Min.Y+gap/2)
		if k > 0 {
			labels[k].y = max(labels[k].y, labels[k-1].y+gap)
		}
	}
	top := c.Max.Y - gap/4
	for k := len(labels) - 1; k >= 0; k-- {
		if labels[k].y > top {
			labels[k].y = top
		}
		top = labels[k].y - gap
	}
	for _, l := range labels {
		st := style(tickSize, colour(l.i))
		st.YAlign = text.YCenter
		x := c.Max.X + 2.4*vg.Millimeter
		c.StrokeLine2(draw.LineStyle{Color: colour(l.i), Width: 0.4}, l.at.X+2, l.at.Y, x-1, l.y)
		c.FillText(st, vg.Point{X: x, Y: l.y}, l.name)
	}
}
