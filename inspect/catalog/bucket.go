package catalog

// A Bucket is a bucket of Supabase Storage, a row of storage.buckets.
type Bucket struct {
	stamped
	ID     string
	Public Fact[bool] // anyone may read an object of which they know the name
	Origin Origin     // the statement that made the bucket
	Unsure Aspect
}

// Ref names the bucket.
func (b *Bucket) Ref() Ref { return Ref{"bucket", b.ID} }

func (b *Bucket) key() string { return b.ID }

func (b *Bucket) clone() *Bucket { c := *b; return &c }

func (b *Bucket) doubt() { b.Unsure |= Existence }

func (b *Bucket) join(o *Bucket, at Origin) bool {
	differ := meet(&b.Public, o.Public, at) || b.Unsure != o.Unsure
	b.Unsure |= o.Unsure
	return differ
}
