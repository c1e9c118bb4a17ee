package pathology

// restartConvoy: one commit aborts many, which restart in phase and collide again. All threads read one object, do
// work of equal length, and write it.
func restartConvoy() program {
	const spin = 1500
	return program{
		Info: Info{Name: "RestartConvoy", Home: "lazy, no jitter",
			Summary: "one commit aborts all others, which restart together and collide again",
			Code:    "every thread, from a barrier: t = hot.x; spin; hot.x = t + 1"},
		cells: func(int) int { return 1 },
		role: func(int, int) role {
			return role{name: "worker", body: func(m access, _ uint64) bool {
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
