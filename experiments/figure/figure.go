// Package figure draws the figures of experiments with gonum/plot: for print without touching them up.
//
// One face (Liberation Sans) at 7 to 8 points, Okabe and Ito's colours, which people with any colour vision tell apart, together
// with dashes and markers, so that grey print does too; names at the ends of lines instead of a legend; confidence bands.
// A figure is a value, and the same value gives the same bytes of SVG, everywhere.
package figure

import (
	"bytes"
	"fmt"
	"image/color"
	"math"
	"os/exec"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Dot is a point with its confidence interval.
type Dot struct{ X, Y, Lo, Hi float64 }

// Series is a named sequence of points.
type Series struct {
	Name string
	Dots []Dot
}

// Kind is the kind of a figure.
type Kind uint8

// The kinds.
const (
	Lines Kind = iota // Series over X
	Rows              // a category per row (Categories, from above), Series beside each other: Dot.X is the category's number
	Heat              // Cells[row][column], Categories are the rows, Columns the columns
	Lanes             // a timeline: Spans in lanes (Categories)
)

// Span is a piece of a timeline.
type Span struct {
	Lane     int
	From, To float64
	Colour   int // index of the palette
}

// Figure is what is drawn.
type Figure struct {
	Name           string // of the file, without its extension
	Title          string
	Kind           Kind
	XLabel, YLabel string
	LogX, LogY     bool
	Log2X          bool // powers of two on a logarithmic axis
	ZeroY          bool // the axis of values begins at 0
	Series         []Series
	Categories     []string
	Columns        []string
	Cells          [][]float64 // NaN: empty
	CellText       [][]string  // nil: the numbers
	Reference      float64     // a thin line at this value, 0: none
	Spans          []Span
	Keys           []string // Lanes: what the colours mean
	Note           string   // below the figure: where the data come from
	Width, Height  vg.Length
}

// The faces, relative to the page.
const (
	labelSize = 7.5
	tickSize  = 7
	titleSize = 8
)

func face(size vg.Length) font.Font {
	return font.Font{Typeface: "Liberation", Variant: "Sans", Size: size}
}

func style(size vg.Length, c color.Color) text.Style {
	return text.Style{Color: c, Font: face(size), Handler: plot.DefaultTextHandler, XAlign: text.XLeft, YAlign: text.YBottom}
}

var (
	ink   = color.Gray{30}
	faint = color.Gray{120}
	grid  = color.Gray{225}
)

// palette is Okabe and Ito's, with grey in the place of yellow, which white paper swallows.
var palette = []color.NRGBA{
	{0, 114, 178, 255}, {213, 94, 0, 255}, {0, 158, 115, 255}, {204, 121, 167, 255}, {230, 159, 0, 255},
	{86, 180, 233, 255}, {0, 0, 0, 255}, {120, 120, 120, 255},
}

var dashes = [][]vg.Length{nil, {4, 2}, {1.2, 1.6}, {6, 2, 1.2, 2}, {2.5, 1.2}, {8, 2}, nil, {3, 3}}

func shape(i int) draw.GlyphDrawer {
	return []draw.GlyphDrawer{draw.CircleGlyph{}, draw.SquareGlyph{}, draw.TriangleGlyph{}, draw.PlusGlyph{}, draw.CrossGlyph{},
		draw.PyramidGlyph{}, draw.RingGlyph{}, draw.BoxGlyph{}}[i%8]
}

func colour(i int) color.NRGBA { return palette[i%len(palette)] }

// size is the figure's size on paper: a column's width unless it says otherwise.
func (f *Figure) size() (w, h vg.Length) {
	w, h = f.Width, f.Height
	if w == 0 {
		w = 88 * vg.Millimeter
	}
	if h == 0 {
		h = 58 * vg.Millimeter
		if f.Kind == Rows {
			h = (18 + vg.Length(len(f.Categories))*max(4.5, 2.3*vg.Length(len(f.Series)))) * vg.Millimeter
		}
		if f.Kind == Heat {
			h = vg.Length(22+len(f.Cells)*5) * vg.Millimeter
		}
		if f.Kind == Lanes {
			h = vg.Length(20+len(f.Categories)*6) * vg.Millimeter
		}
	}
	return w, h
}

// SVG is the figure in the canonical format.
func (f *Figure) SVG() ([]byte, error) {
	w, h := f.size()
	c := vgsvg.NewWith(vgsvg.UseWH(w, h))
	if err := f.draw(draw.New(c)); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		return nil, err
	}
	return outlined(b.Bytes())
}

// PNG is the figure for looking at.
func (f *Figure) PNG() ([]byte, error) {
	w, h := f.size()
	c := vgimg.NewWith(vgimg.UseWH(w, h), vgimg.UseDPI(220))
	if err := f.draw(draw.New(c)); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	_, err := vgimg.PngCanvas{Canvas: c}.WriteTo(&b)
	return b.Bytes(), err
}

// HavePDF says whether PDF makes anything here.
func HavePDF() bool { _, err := exec.LookPath("rsvg-convert"); return err == nil }

// PDF makes a PDF of a figure's SVG with rsvg-convert.
func PDF(svg []byte) ([]byte, error) {
	cmd := exec.Command("rsvg-convert", "-f", "pdf")
	cmd.Stdin = bytes.NewReader(svg)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("rsvg-convert: %w: %s", err, errs.String())
	}
	return out.Bytes(), nil
}

// draw draws the figure on a canvas of its size.
func (f *Figure) draw(c draw.Canvas) error {
	c.SetColor(color.White)
	c.Fill(c.Rectangle.Path())
	p := plot.New()
	p.BackgroundColor = nil
	f.frame(p)
	c = draw.Crop(c, 2*vg.Millimeter, -2*vg.Millimeter, 1.5*vg.Millimeter, -1.5*vg.Millimeter)
	if f.Note != "" {
		st := style(5.5, faint)
		c.FillText(st, c.Min, f.Note)
		c = draw.Crop(c, 0, 0, 3.4*vg.Millimeter, 0)
	}
	right := vg.Length(0)
	switch f.Kind {
	case Lines:
		right = f.lines(p)
	case Rows:
		right = f.rows(p)
	case Heat:
		right = f.heat(p)
	case Lanes:
		right = f.lanes(p)
	default:
		return fmt.Errorf("figure %s: unknown kind %d", f.Name, f.Kind)
	}
	c = draw.Crop(c, f.yLabelRoom(), -right, 0, 0)
	p.Draw(c)
	f.yLabel(c, p)
	return nil
}

// The label of the Y axis is ours: gonum gives it room where the middle of the values is, which on a logarithmic axis is not
// the middle of the axis.

func (f *Figure) yLabelRoom() vg.Length {
	if f.YLabel == "" {
		return 0
	}
	return style(labelSize, ink).Height(f.YLabel) + 0.8*vg.Millimeter
}

func (f *Figure) yLabel(c draw.Canvas, p *plot.Plot) {
	if f.YLabel == "" {
		return
	}
	st := style(labelSize, ink)
	st.Rotation = math.Pi / 2
	st.XAlign, st.YAlign = text.XCenter, text.YBottom
	data := p.DataCanvas(c)
	c.FillText(st, vg.Point{X: c.Min.X - 0.8*vg.Millimeter, Y: data.Center().Y}, f.YLabel)
}

// frame sets the style of everything around the data.
func (f *Figure) frame(p *plot.Plot) {
	p.Title.Text = f.Title
	p.Title.TextStyle = style(titleSize, ink)
	p.Title.TextStyle.XAlign = text.XCenter
	p.Title.TextStyle.YAlign = text.YTop
	p.Title.Padding = 2 * vg.Millimeter
	for _, a := range []*plot.Axis{&p.X, &p.Y} {
		a.Label.TextStyle = style(labelSize, ink)
		a.Label.TextStyle.XAlign = text.XCenter
		a.Tick.Label = style(tickSize, ink)
		a.LineStyle.Width = 0.5
		a.LineStyle.Color = ink
		a.Tick.LineStyle.Width = 0.5
		a.Tick.LineStyle.Color = ink
		a.Tick.Length = 1 * vg.Millimeter
		a.Padding = 1 * vg.Millimeter
	}
	p.X.Label.Text = f.XLabel
	p.X.Label.Padding, p.Y.Label.Padding = 0.5*vg.Millimeter, 0.5*vg.Millimeter
	p.X.Tick.Label.XAlign, p.X.Tick.Label.YAlign = text.XCenter, text.YTop
	p.Y.Tick.Label.XAlign, p.Y.Tick.Label.YAlign = text.XRight, text.YCenter
	p.X.Label.TextStyle.YAlign = text.YBottom
	p.X.Label.Position = 0
}
