package builtin

import "testing"

// TestMersenneTwister compares with the reference outputs of the generator's authors for init_by_array({0x123, 0x234, 0x345, 0x456}).
func TestMersenneTwister(t *testing.T) {
	s := mtInitArray([]uint32{0x123, 0x234, 0x345, 0x456}).next()
	for i, want := range []uint32{1067595299, 955945823, 477289528, 4107218783, 4228976476} {
		if got := s.draw(i); got != want {
			t.Errorf("word %d is %d, want %d", i, got, want)
		}
	}
}

// TestMersenneTwisterBlocks: a block does not change when the next one is made.
func TestMersenneTwisterBlocks(t *testing.T) {
	s := mtInit(5489).next()
	first := s.draw(0)
	if first != 3499211612 {
		t.Errorf("the first word of the default seed is %d", first)
	}
	for range 10 {
		s.next()
	}
	if s.draw(0) != first {
		t.Error("making the next block has changed this one")
	}
}
