package contention

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
)

// Default is the name of the manager that systems use when nobody asks for another.
const Default = "comprehensive"

// policy is one line of the list of managers.
type policy struct {
	Info
	make func(v values) Manager
}

// values are a policy's parameters, after New has applied what was asked for.
type values map[string]float64

func (v values) int(name string) int     { return int(v[name]) }
func (v values) int64(name string) int64 { return int64(v[name]) }
func (v values) is(name string) bool     { return v[name] != 0 }

// New makes a manager by name. Parameters are written name=value, either after the name and a colon, with commas
// between them ("backoff:max=12"), or as further arguments.
func New(name string, params ...string) (Manager, error) {
	if n, rest, ok := strings.Cut(name, ":"); ok {
		name = n
		params = append(strings.Split(rest, ","), params...)
	}
	for _, p := range policies() {
		if p.Name != name {
			continue
		}
		v, err := p.values(params)
		if err != nil {
			return nil, err
		}
		return p.make(v), nil
	}
	return nil, fmt.Errorf("unknown contention manager %q (known: %s)", name, strings.Join(Names(), ", "))
}

func (p *policy) values(params []string) (values, error) {
	v := values{}
	for _, d := range p.Parameters {
		v[d.Name] = d.Value
	}
	for _, s := range params {
		if s == "" {
			continue
		}
		k, val, ok := strings.Cut(s, "=")
		if _, known := v[k]; !ok || !known {
			return nil, fmt.Errorf("contention manager %s: unknown parameter %q (known: %s)", p.Name, s, p.parameters())
		}
		f, err := strconv.ParseFloat(val, 64)
		if err != nil || f < 0 {
			return nil, fmt.Errorf("contention manager %s: parameter %s: %q is not a number >= 0", p.Name, k, val)
		}
		v[k] = f
	}
	return v, nil
}

func (p *policy) parameters() string {
	if len(p.Parameters) == 0 {
		return "none"
	}
	var names []string
	for _, d := range p.Parameters {
		names = append(names, fmt.Sprintf("%s=%v", d.Name, d.Value))
	}
	return strings.Join(names, ", ")
}

// List describes every manager, in alphabetical order.
func List() []Info {
	var out []Info
	for _, p := range policies() {
		v, _ := p.values(nil)
		i := p.Info
		i.Traits = p.make(v).Traits()
		out = append(out, i)
	}
	return out
}

// Names are the managers' names, in alphabetical order.
func Names() []string {
	var out []string
	for _, p := range policies() {
		out = append(out, p.Name)
	}
	return out
}

// policies is the one list of managers: adding a policy is one file and one line here.
func policies() []policy {
	l := []policy{
		aggressivePolicy(), atsPolicy(), backoffPolicy(), comprehensivePolicy(), delayPolicy(), eruptionPolicy(),
		greedyPolicy(), hourglassPolicy(), karmaPolicy(), killblockedPolicy(), kindergartenPolicy(), politePolicy(),
		polkaPolicy(), randomizedPolicy(), serializerPolicy(), shrinkPolicy(), splitPolicy(), stealonabortPolicy(),
		suicidePolicy(), timestampPolicy(), twophasePolicy(),
	}
	sort.Slice(l, func(i, j int) bool { return l[i].Name < l[j].Name })
	return l
}
