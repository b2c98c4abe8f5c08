package static

// atomically replays a part of a statement whose changes are taken back when
// it fails.
func (r *replay) atomically(f func() *sqlError) *sqlError {
	mark := r.cat.Savepoint()
	if err := f(); err != nil {
		r.cat.Rollback(mark)
		return err
	}
	r.cat.Release(mark)
	return nil
}
