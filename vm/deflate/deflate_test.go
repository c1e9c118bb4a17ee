package deflate

import (
	"bytes"
	"compress/flate"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// sample is data of mixed compressibility.
func sample(seed uint64, n int) string {
	r := rand.New(rand.NewPCG(seed, 1))
	var b strings.Builder
	for b.Len() < n {
		switch r.IntN(3) {
		case 0:
			b.WriteString(strings.Repeat(string(rune('a'+r.IntN(26))), r.IntN(400)))
		case 1:
			for range r.IntN(100) {
				b.WriteByte(byte(r.Uint32()))
			}
		default:
			s := b.String()
			if len(s) > 0 {
				at := r.IntN(len(s))
				b.WriteString(s[at:min(len(s), at+r.IntN(300))])
			}
		}
	}
	return b.String()[:n]
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		data := sample(rapid.Uint64().Draw(t, "seed"), rapid.IntRange(0, 60000).Draw(t, "length"))
		format := Format(rapid.IntRange(0, 2).Draw(t, "format"))
		level := rapid.IntRange(-2, 9).Draw(t, "level")
		dict := ""
		if format == Zlib && rapid.Bool().Draw(t, "dict") {
			dict = sample(3, 500)
		}
		var packed []byte
		d := NewDeflater(format, level, dict)
		for rest := data; ; {
			n := rapid.IntRange(0, len(rest)).Draw(t, "part")
			how := Flush(rapid.IntRange(0, 2).Draw(t, "flush"))
			if len(rest) == 0 {
				how = Finish
			}
			next, out, err := d.Step(rest[:n], how)
			if err != nil {
				t.Fatal(err)
			}
			d, packed, rest = next, append(packed, out...), rest[n:]
			if how == Finish {
				break
			}
		}
		packed = append(packed, "behind"...)
		var out []byte
		z := NewInflater(format, dict)
		in := string(packed)
		for !z.Done() {
			n := rapid.IntRange(1, len(in)).Draw(t, "input")
			most := rapid.IntRange(-1, 1000).Draw(t, "most")
			if most == 0 {
				most = 1
			}
			next, o, tail, err := z.Step(in[:n], most)
			if err != nil {
				t.Fatal(err)
			}
			if most >= 0 && len(o) > most {
				t.Fatalf("%d bytes, not at most %d", len(o), most)
			}
			again, o2, _, _ := z.Step(in[:n], most)
			if !bytes.Equal(o, o2) || again.carry != next.carry {
				t.Fatal("a step from the same state differs")
			}
			z, out, in = next, append(out, o...), tail+in[n:]
		}
		if string(out) != data || in != "behind" {
			t.Fatalf("%d bytes came back as %d, with %q behind", len(data), len(out), in)
		}
	})
}

// What does not compress is stored, without what came before it.
func TestStoredBehindWindow(t *testing.T) {
	noise := make([]byte, 3000)
	r := rand.New(rand.NewPCG(4, 5))
	for i := range noise {
		noise[i] = byte(r.Uint32())
	}
	for level := -2; level <= 9; level++ {
		for _, dict := range []string{"", "abc"} {
			var packed []byte
			d := NewDeflater(Zlib, level, dict)
			for _, part := range [][]byte{noise[:1], noise[1:110], noise[110:110], noise[110:], nil} {
				how := Sync
				if part == nil {
					how = Finish
				}
				next, out, err := d.Step(string(part), how)
				if err != nil {
					t.Fatal(err)
				}
				d, packed = next, append(packed, out...)
			}
			_, out, _, err := NewInflater(Zlib, dict).Step(string(packed), -1)
			if err != nil || !bytes.Equal(out, noise) {
				t.Fatalf("level %d, dictionary %q: %d bytes came back as %d, %v", level, dict, len(noise), len(out), err)
			}
		}
	}
}

func TestErrors(t *testing.T) {
	good, err := Compress(Zlib, 6, "abcabcabcabc")
	if err != nil {
		t.Fatal(err)
	}
	change := func(i int, c byte) string {
		b := bytes.Clone(good)
		b[i] = c
		return string(b)
	}
	for _, c := range []struct {
		f        Format
		in, want string
	}{
		{Zlib, "abc", "incorrect header check"}, {Zlib, "\x79\x18", "unknown compression method"}, {Zlib, "\x88\x1c", "invalid window size"},
		{Zlib, change(len(good)-1, 0), "incorrect data check"}, {Raw, "\x07", "invalid block type"}, {Raw, "\x01\x00\x00\x00\x00", "invalid stored block lengths"},
		{Gzip, "\x1f\x8b\x07\x00\x00\x00\x00\x00\x00\x00", "unknown compression method"}, {Raw, "\x03\x02\x00", "invalid distance too far back"},
	} {
		if _, _, _, err := NewInflater(c.f, "").Step(c.in, -1); err == nil || err.Error() != c.want {
			t.Errorf("%q: %v, want %s", c.in, err, c.want)
		}
	}
}

// FuzzInflate compares with the standard library's decompressor.
func FuzzInflate(f *testing.F) {
	for i := range 4 {
		b, _ := Compress(Raw, 3*i, sample(uint64(i), 300))
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		want, wantErr := io.ReadAll(flate.NewReader(bytes.NewReader(data)))
		s, out, _, err := NewInflater(Raw, "").Step(string(data), -1)
		if wantErr == nil && (err != nil || !s.Done() || !bytes.Equal(out, want)) {
			t.Fatalf("%v, want %d bytes", err, len(want))
		}
		if err == nil && s.Done() && wantErr != nil {
			t.Fatalf("decoded what should fail: %v", wantErr)
		}
	})
}
