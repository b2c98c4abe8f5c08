package plpgsql

import "strings"

// scalars are the built-in types that have no fields, as they are usually
// spelled; what is not here may be composite.
var scalars = words(`bigint bigserial bit bool boolean box bpchar bytea char
	character cidr circle citext date datemultirange daterange decimal double
	float float4 float8 inet int int2 int4 int4range int8 int8range integer
	interval json jsonb line lseg macaddr macaddr8 money name national nchar
	numeric numrange oid path point polygon real regclass regconfig
	regnamespace regoper regoperator regproc regprocedure regrole regtype
	serial smallint text tid time timestamp timestamptz timetz tsquery tsrange
	tstzrange tsvector uuid varbit varchar xid xid8 xml`)

func words(list string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// Composite reports whether the variable may have fields: a record, a row, or
// a variable whose type is not known to be scalar.
func (d *Decl) Composite() bool {
	d = d.Resolve()
	switch d.Kind {
	case Row, Record:
		return true
	case Cursor:
		return false
	}
	return !scalar(d.Type)
}

// certain reports whether the variable is a row or a record for sure.
func (d *Decl) certain() bool {
	k := d.Resolve().Kind
	return k == Row || k == Record
}

// cursor reports whether the variable may hold a cursor.
func (d *Decl) cursor() bool {
	d = d.Resolve()
	return d.Kind == Cursor || d.Kind == Var && !scalar(d.Type)
}

func scalar(typ string) bool {
	typ = strings.ToLower(strings.TrimSpace(typ))
	if strings.HasSuffix(typ, "]") || strings.HasSuffix(typ, " array") {
		return true
	}
	typ = strings.TrimPrefix(typ, "pg_catalog.")
	if i := strings.IndexAny(typ, " \t\r\n("); i >= 0 {
		typ = typ[:i]
	}
	return scalars[typ]
}

// kindOf is the kind of a variable of a type.
func kindOf(typ string) DeclKind {
	t := strings.TrimPrefix(strings.ToLower(strings.TrimSpace(typ)), "pg_catalog.")
	switch {
	case t == "record":
		return Record
	case t == "refcursor":
		return Cursor
	case strings.HasSuffix(t, "rowtype") && strings.Contains(t, "%"):
		return Row
	}
	return Var
}

// datatype reads the type of a declaration.
func (p *parser) datatype() string {
	first, start, parens := p.peek(), p.pos, 0
	for ; ; p.pos++ {
		t := p.peek()
		switch {
		case t.symbol(";"), t.keyword("collate"), t.keyword("not"), t.assigns(), t.keyword("default"):
		case parens == 0 && (t.symbol(",") || t.symbol(")")):
		case t.kind == eof:
			p.unexpected(t, "incomplete data type declaration")
		default:
			if t.symbol("(") {
				parens++
			} else if t.symbol(")") {
				parens--
			}
			continue
		}
		break
	}
	if p.pos == start {
		p.unexpected(first, "missing data type declaration")
	}
	text := p.body[first.start:p.last().end]
	end := p.pos
	p.pos = start
	switch borrowed := p.borrowed(); {
	case borrowed && p.pos != end:
		p.syntax(p.peek())
	case !borrowed:
		p.pos = end
		p.fragments = append(p.fragments, Fragment{Text: text, Offset: first.start, Form: typeName})
	}
	return text
}

// borrowed takes name%type or name%rowtype.
func (p *parser) borrowed() bool {
	for p.peek().kind == name && p.ahead(1).symbol(".") {
		p.pos += 2
	}
	if !p.peek().plain() || !p.ahead(1).symbol("%") {
		return false
	}
	p.pos += 2
	if !p.accept("type") && !p.accept("rowtype") {
		return false
	}
	for p.peek().symbol("[") && p.ahead(1).symbol("]") {
		p.pos += 2
	}
	return true
}
