package pathology

// duelingUpgrades: both read x, both then want to write it, and each stands in the other's way.
func duelingUpgrades() program {
	const spin = 2000
	return program{
		Info: Info{Name: "DuelingUpgrades", Home: "eager, visible readers, requester waits",
			Summary: "two readers of one object both want to become its writer",
			Code:    "both: t = a.x; spin; a.x = t + 1"},
		threads: 2,
		cells:   func(int) int { return 1 },
		role: func(int, int) role {
			return role{name: "upgrader", body: func(m access, _ uint64) bool {
				v, ok := m.load(0)
				if !ok {
					return false
				}
				m.work(spin)
				return m.store(0, v+1)
			}}
		},
		verify: func(cells []uint64, commits []int64) error { return sumIs(cells, total(commits)) },
	}
}
