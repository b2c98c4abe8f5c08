package live

import "policylint/inspect/catalog"

// statistics reads what the server counted about tables and indexes, in two
// queries.
func (l *loader) statistics() error {
	all := map[catalog.Name]*catalog.Statistics{}
	l.cat.Runtime.Statistics = all
	var n catalog.Name
	var scans, size, needed int64
	err := l.each("statistics", []any{&n.Schema, &n.Name, &scans, &size, &needed}, func() error {
		all[n] = &catalog.Statistics{Scans: scans, Bytes: size, Needed: needed, Indexes: map[string]int64{}}
		return nil
	})
	if err != nil {
		return err
	}
	var index string
	return l.each("index_scans", []any{&n.Schema, &n.Name, &index, &scans}, func() error {
		if s, ok := all[n]; ok {
			s.Indexes[index] = scans
		}
		return nil
	})
}

// buckets reads the buckets of Storage.
func (l *loader) buckets() error {
	var id string
	var public bool
	return l.each("buckets", []any{&id, &public}, func() error {
		l.cat.Buckets.Put(&catalog.Bucket{ID: id, Public: known(public)})
		return nil
	})
}
