package expr

// Sources lists the items of a FROM with outer joins taken apart, in order of
// appearance.
func Sources(from []Source) []Source {
	var out []Source
	for _, s := range from {
		if s.Join == nil {
			out = append(out, s)
			continue
		}
		out = append(append(out, Sources(s.Join.L)...), Sources(s.Join.R)...)
	}
	return out
}
