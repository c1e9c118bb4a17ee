package figure

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	plotfont "gonum.org/v1/plot/font"
)

// Text in SVG as outlines. A viewer that does not have the face would take another one, whose letters have other widths, and
// labels would run into each other. So every letter that occurs stands in the file once, as a path, and texts refer to them;
// what a text says stays readable for programs in its aria-label.

// textElement is a text as gonum's backend writes it.
var textElement = regexp.MustCompile(`(?s)<text x="([^"]*)" y="([^"]*)" transform="([^"]*)"\s+style="[^"]*?font-size:([0-9.]+)px;?([^"]*)">(.*?)</text>`)

// outlined replaces texts by outlines.
func outlined(svg []byte) ([]byte, error) {
	face := plotfont.DefaultCache.Lookup(plotfont.Font{Typeface: "Liberation", Variant: "Sans"}, 1).Face
	if face == nil {
		return nil, fmt.Errorf("the face of the figures is not there")
	}
	o := outliner{face: face, em: fixed.I(int(face.UnitsPerEm())), defs: &bytes.Buffer{}, done: map[sfnt.GlyphIndex]bool{}}
	var failed error
	out := textElement.ReplaceAllFunc(svg, func(m []byte) []byte {
		t, err := o.text(textElement.FindSubmatch(m))
		if err != nil {
			failed = err
		}
		return t
	})
	if failed != nil || o.defs.Len() == 0 {
		return out, failed
	}
	at := bytes.Index(out, []byte("<g "))
	return bytes.Join([][]byte{out[:at], []byte("<defs>\n"), o.defs.Bytes(), []byte("</defs>\n"), out[at:]}, nil), nil
}

// outliner keeps which letters are there already.
type outliner struct {
	face *sfnt.Font
	em   fixed.Int26_6
	buf  sfnt.Buffer
	defs *bytes.Buffer
	done map[sfnt.GlyphIndex]bool
}

// text is one text; m are the parts of textElement.
func (o *outliner) text(m [][]byte) ([]byte, error) {
	size, err := strconv.ParseFloat(string(m[4]), 64)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	units := float64(o.face.UnitsPerEm())
	says := html.UnescapeString(string(m[6]))
	fmt.Fprintf(&b, `<g aria-label="%s" transform="%s translate(%s, %s) scale(%.5g)" style="%s">`, html.EscapeString(says), m[3], m[1], m[2], size/units, m[5])
	x, prev := fixed.Int26_6(0), sfnt.GlyphIndex(0)
	for _, r := range says {
		g, err := o.face.GlyphIndex(&o.buf, r)
		if err != nil {
			return nil, err
		}
		if g == 0 {
			return nil, fmt.Errorf("the face of the figures has no %q", r)
		}
		if prev != 0 {
			if k, err := o.face.Kern(&o.buf, prev, g, o.em, font.HintingNone); err == nil {
				x += k
			}
		}
		if r != ' ' {
			if err := o.define(g); err != nil {
				return nil, err
			}
			fmt.Fprintf(&b, `<use xlink:href="#g%d" x="%d"/>`, g, x.Round())
		}
		advance, err := o.face.GlyphAdvance(&o.buf, g, o.em, font.HintingNone)
		if err != nil {
			return nil, err
		}
		x, prev = x+advance, g
	}
	b.WriteString("</g>")
	return b.Bytes(), nil
}

// define writes the path of a letter, once.
func (o *outliner) define(g sfnt.GlyphIndex) error {
	if o.done[g] {
		return nil
	}
	o.done[g] = true
	segments, err := o.face.LoadGlyph(&o.buf, g, o.em, nil)
	if err != nil {
		return err
	}
	var d strings.Builder
	for i, s := range segments {
		n, letter := 1, "L"
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			letter = "M"
			if i > 0 {
				d.WriteString("Z")
			}
		case sfnt.SegmentOpQuadTo:
			n, letter = 2, "Q"
		case sfnt.SegmentOpCubeTo:
			n, letter = 3, "C"
		}
		d.WriteString(letter)
		for k := range n {
			if k > 0 {
				d.WriteString(" ")
			}
			fmt.Fprintf(&d, "%d %d", s.Args[k].X.Round(), s.Args[k].Y.Round())
		}
	}
	fmt.Fprintf(o.defs, "<path id=\"g%d\" d=\"%sZ\"/>\n", g, d.String())
	return nil
}
