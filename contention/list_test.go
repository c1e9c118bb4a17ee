package contention

import (
	"sort"
	"strings"
	"testing"

	"gilt/internal/machine"
)

func TestListIsComplete(t *testing.T) {
	want := strings.Fields("aggressive ats backoff comprehensive delay eruption greedy hourglass karma killblocked " +
		"kindergarten polite polka randomized serializer shrink split stealonabort suicide timestamp twophase")
	equal(t, strings.Join(want, " "), strings.Join(Names(), " "))
	equal(t, true, sort.StringsAreSorted(Names()))
	for _, i := range List() {
		m, err := New(i.Name)
		noErr(t, err)
		equal(t, i.Name, m.Name())
		equal(t, m.Traits(), i.Traits)
		if i.Summary == "" || i.Paper == "" {
			t.Errorf("%s: no summary or paper", i.Name)
		}
		for _, p := range i.Parameters {
			if p.Doc == "" {
				t.Errorf("%s: parameter %s is not documented", i.Name, p.Name)
			}
		}
	}
	_, err := New(Default)
	noErr(t, err)
}

func TestNewTakesParameters(t *testing.T) {
	m, err := New("backoff:min=5,max=12")
	noErr(t, err)
	equal(t, 5, m.(*backoff).min)
	equal(t, 12, m.(*backoff).max)
	m, err = New("backoff", "max=9")
	noErr(t, err)
	equal(t, backoffMin, m.(*backoff).min)
	equal(t, 9, m.(*backoff).max)
	for in, want := range map[string]string{
		"nice":          "unknown contention manager \"nice\" (known: aggressive, ats,",
		"backoff:x=1":   "unknown parameter \"x=1\" (known: min=3, max=16)",
		"suicide:x=1":   "(known: none)",
		"backoff:max":   "unknown parameter \"max\"",
		"backoff:max=":  "not a number",
		"karma:wait=-1": "not a number >= 0",
	} {
		_, err := New(in)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", in, err)
		}
	}
}

// TestManagersShareNothing: two values of one policy have different clocks.
func TestManagersShareNothing(t *testing.T) {
	onMachine(t, func(p *machine.Proc) {
		for _, name := range []string{"greedy", "timestamp", "serializer"} {
			for range 2 {
				s := new(State)
				s.Bind(manager(t, name), 0, true, nil, nil)
				s.Begin(p)
				equal(t, int64(1), s.stamp.Load(), name)
			}
		}
	})
}

func TestMatters(t *testing.T) {
	eager := AlgorithmTraits{Name: "eager", Aborts: true, Enemies: EnemiesLive, Manages: true}
	lazy := AlgorithmTraits{Name: "lazy", Aborts: true, Enemies: EnemiesClash, Manages: true}
	norec := AlgorithmTraits{Name: "norec", Aborts: true, Enemies: EnemiesCommitted, Manages: true}
	fair := AlgorithmTraits{Name: "fair", Aborts: true, Enemies: EnemiesClash, Marks: true, Manages: true}
	lock := AlgorithmTraits{Name: "lock", Manages: true}
	foreign := AlgorithmTraits{Name: "foreign", Aborts: true}
	for _, c := range []struct {
		alg      AlgorithmTraits
		managers string
		want     bool
	}{
		{eager, "suicide aggressive polite randomized karma eruption polka timestamp greedy serializer kindergarten " +
			"killblocked twophase hourglass ats shrink stealonabort comprehensive backoff delay split", true},
		{norec, "suicide backoff comprehensive hourglass ats shrink twophase split", true},
		{norec, "aggressive polite randomized karma eruption polka timestamp greedy serializer kindergarten killblocked stealonabort delay", false},
		{lazy, "suicide backoff comprehensive hourglass ats shrink twophase split", true},
		{lazy, "aggressive polite randomized karma eruption polka timestamp greedy serializer kindergarten killblocked", false},
		{fair, "comprehensive", true},
		{fair, "karma", false},
		{lock, strings.Join(Names(), " "), false},
		{foreign, strings.Join(Names(), " "), false},
	} {
		for _, name := range strings.Fields(c.managers) {
			got, why := Matters(c.alg, manager(t, name))
			equal(t, c.want, got, c.alg.Name, name, why)
			if why == "" {
				t.Errorf("%s, %s: no reason", c.alg.Name, name)
			}
		}
	}
}
