package deflate

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/adler32"
	"hash/crc32"
	"io"
)

// Flush says what Compress does with what it has.
type Flush uint8

// The ways to flush: Keep nothing, bring it to a byte boundary with all or none of the history, or end the data.
const (
	Keep Flush = iota
	Sync
	Full
	Finish
)

// keepBytes is how much input is kept back before it is compressed without being asked for.
const keepBytes = 1 << 18

// Deflater is the state of compression: input that is kept back, the window before it, and the checksum. It never changes.
type Deflater struct {
	format  Format
	level   int
	dict    string
	pending string
	window  string
	sum     uint32
	total   uint32
	started bool
	done    bool
}

// NewDeflater is the state before any input. Level is that of compress/flate, -2 (Huffman only) to 9.
func NewDeflater(f Format, level int, dict string) *Deflater {
	s := &Deflater{format: f, level: level, dict: dict, window: dict, sum: 1}
	if f == Gzip {
		s.sum = 0
	}
	return s
}

// Done says whether the data has been ended.
func (s *Deflater) Done() bool { return s.done }

// Step takes more input and returns what is compressed by now.
func (s *Deflater) Step(data string, how Flush) (next *Deflater, out []byte, err error) {
	c := *s
	c.pending += data
	if how == Keep && len(c.pending) < keepBytes {
		return &c, nil, nil
	}
	var b bytes.Buffer
	if !c.started {
		c.started = true
		b.Write(c.header())
	}
	in, head := []byte(c.pending), b.Len()
	err = c.compress(&b, in, how, flate.NewWriterDict)
	if err == nil && c.window != "" && b.Len() > head && b.Bytes()[head]>>1&3 == storedBlock {
		b.Truncate(head)
		err = c.compress(&b, in, how, replayWindow)
	}
	if err != nil {
		return nil, nil, err
	}
	c.total += uint32(len(in))
	switch c.format {
	case Zlib:
		c.sum = updateAdler(c.sum, in)
	case Gzip:
		c.sum = crc32.Update(c.sum, crc32.IEEETable, in)
	}
	c.window += c.pending
	c.window = c.window[max(0, len(c.window)-windowSize):]
	c.pending = ""
	if how == Full {
		c.window = ""
	}
	if how == Finish {
		c.done, c.window = true, ""
		switch c.format {
		case Zlib:
			b.Write(binary.BigEndian.AppendUint32(nil, c.sum))
		case Gzip:
			b.Write(binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(nil, c.sum), c.total))
		}
	}
	return &c, b.Bytes(), nil
}

// storedBlock is the type of a block that is not compressed, in a block's header.
const storedBlock = 0

// compress appends to b what becomes of in; begin makes a writer that knows the window.
func (c *Deflater) compress(b *bytes.Buffer, in []byte, how Flush, begin func(w io.Writer, level int, window []byte) (*flate.Writer, error)) error {
	w, err := begin(b, c.level, []byte(c.window))
	if err == nil && len(in) > 0 {
		_, err = w.Write(in)
	}
	if err == nil {
		if how == Finish {
			err = w.Close()
		} else {
			err = w.Flush()
		}
	}
	return err
}

// replayWindow is flate.NewWriterDict for data whose first block is stored: into such a block that function's writer puts the window,
// too. Here the window is compressed, and what comes out is dropped.
func replayWindow(to io.Writer, level int, window []byte) (*flate.Writer, error) {
	d := &deaf{to, true}
	w, err := flate.NewWriter(d, level)
	if err == nil {
		_, err = w.Write(window)
	}
	if err == nil {
		err = w.Flush()
	}
	d.deaf = false
	return w, err
}

// deaf is a writer that drops what is written while it is deaf.
type deaf struct {
	io.Writer
	deaf bool
}

func (d *deaf) Write(p []byte) (int, error) {
	if d.deaf {
		return len(p), nil
	}
	return d.Writer.Write(p)
}

// header is the container's beginning.
func (c *Deflater) header() []byte {
	switch c.format {
	case Gzip:
		return []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, map[int]byte{9: 2, 1: 4}[c.level], 3}
	case Zlib:
		level := byte(2)
		switch {
		case c.level >= 0 && c.level < 2 || c.level == -2:
			level = 0
		case c.level >= 0 && c.level < 6:
			level = 1
		case c.level > 6:
			level = 3
		}
		h := []byte{0x78, level << 6}
		if c.dict != "" {
			h[1] |= 0x20
		}
		h[1] += 31 - byte((int(h[0])<<8|int(h[1]))%31)
		if c.dict != "" {
			h = binary.BigEndian.AppendUint32(h, adler32.Checksum([]byte(c.dict)))
		}
		return h
	}
	return nil
}

// Compress compresses all of data at once.
func Compress(f Format, level int, data string) ([]byte, error) {
	_, out, err := NewDeflater(f, level, "").Step(data, Finish)
	return out, err
}
