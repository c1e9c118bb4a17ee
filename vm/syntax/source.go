package syntax

// Source text and positions in it.

// Source is the decoded text of one file: valid UTF-8 but for lone bytes that the decoder let pass, line ends all "\n".
type Source struct {
	Name  string // as it is shown in messages
	Text  string
	lines []int32 // offset of the first byte of each line
}

// Lines returns the number of lines.
func (s *Source) Lines() int { return len(s.lines) }

// Line returns line n (counted from 1) without its line end, or "" when there is no such line.
func (s *Source) Line(n int) string {
	if n < 1 || n > len(s.lines) {
		return ""
	}
	start, end := int(s.lines[n-1]), len(s.Text)
	if n < len(s.lines) {
		end = int(s.lines[n])
	}
	if end > start && s.Text[end-1] == '\n' {
		end--
	}
	return s.Text[start:end]
}

// Offset returns the offset of p in Text.
func (s *Source) Offset(p Pos) int {
	if int(p.Line) > len(s.lines) {
		return len(s.Text)
	}
	return min(int(s.lines[p.Line-1])+int(p.Col), len(s.Text))
}

// Column returns the column of p in code points, counted from 0.
func (s *Source) Column(p Pos) int {
	line := s.Line(int(p.Line))
	n := 0
	for i := range line {
		if i >= int(p.Col) {
			return n
		}
		n++
	}
	return n
}

// Segment returns the text of a range.
func (s *Source) Segment(r Range) string {
	i, j := s.Offset(r.Start), s.Offset(r.End)
	if i > j {
		return ""
	}
	return s.Text[i:j]
}
