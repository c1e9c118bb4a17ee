package contention

// Suicide: whoever finds a conflict aborts itself and starts again at once. The floor of all comparisons; also
// called passive or timid. It is TinySTM's default (Felber, Fetzer, Riegel: "Dynamic performance tuning of word-based
// software transactional memory", PPoPP 2008).
type suicide struct{ base }

func suicidePolicy() policy {
	return policy{
		Info: Info{Name: "suicide", Summary: "abort self at every conflict and restart at once",
			Paper: "Felber, Fetzer, Riegel, PPoPP 2008 (TinySTM)"},
		make: func(values) Manager { return &suicide{base{"suicide"}} },
	}
}
