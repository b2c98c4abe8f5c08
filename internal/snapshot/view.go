package snapshot

import (
	"fmt"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

type view struct {
	Name            string       `json:"name"`
	Materialized    bool         `json:"materialized"`
	SecurityInvoker *bool        `json:"security_invoker"`
	SecurityBarrier *bool        `json:"security_barrier"`
	Query           *string      `json:"query"`
	Columns         []viewColumn `json:"columns"`
	Reads           []string     `json:"reads"`
	Calls           []string     `json:"calls"`
	Indexes         []index      `json:"indexes"`
	Triggers        []trigger    `json:"triggers"`
	Owner           *string      `json:"owner"`
	Grants          grants       `json:"grants"`
	Extension       string       `json:"extension,omitempty"`
	Platform        bool         `json:"platform,omitempty"`
	Unsure          []string     `json:"unsure,omitempty"`
	origin
}

type viewColumn struct {
	Name   string `json:"name"`
	Type   string `json:"type"`
	Grants grants `json:"grants"`
}

func viewOf(v *catalog.View) view {
	out := view{
		Name: nameOf(v.Name), Materialized: v.Materialized, SecurityInvoker: factOf(v.SecurityInvoker),
		SecurityBarrier: factOf(v.SecurityBarrier), Query: exprOf(v.Query), Reads: namesOf(v.Reads), Calls: namesOf(v.Calls),
		Indexes: indexesOf(v.Indexes), Triggers: triggersOf(v.Triggers), Owner: factOf(v.Owner), Grants: grantsOf(&v.Grants),
		Extension: v.Extension, Platform: v.Platform, Unsure: unsureOf(v.Unsure), origin: originOf(v.Origin),
	}
	if v.Columns != nil {
		out.Columns = []viewColumn{}
	}
	for _, c := range v.Columns {
		out.Columns = append(out.Columns, viewColumn{c.Name, c.Type, grantsOf(&c.Grants)})
	}
	return out
}

func (v view) view() (*catalog.View, error) {
	at := v.at()
	out := &catalog.View{
		Name: name(v.Name), Materialized: v.Materialized, Owner: fact(v.Owner, at), SecurityInvoker: fact(v.SecurityInvoker, at),
		SecurityBarrier: fact(v.SecurityBarrier, at), Reads: names(v.Reads), Calls: names(v.Calls), Grants: v.Grants.acl(at),
		Origin: at, Extension: v.Extension, Platform: v.Platform, Unsure: unsure(v.Unsure),
	}
	for _, c := range v.Columns {
		out.Columns = append(out.Columns, catalog.ViewColumn{Name: c.Name, Type: c.Type, Grants: c.Grants.acl(at)})
	}
	var err error
	if v.Query != nil {
		if out.Query, err = expr.ParseQuery(*v.Query); err != nil {
			return nil, fmt.Errorf("view %s: %w", v.Name, err)
		}
	}
	if out.Indexes, err = readIndexes(v.Indexes, at); err != nil {
		return nil, fmt.Errorf("view %s: %w", v.Name, err)
	}
	if out.Triggers, err = readTriggers(v.Triggers, at); err != nil {
		return nil, fmt.Errorf("view %s: %w", v.Name, err)
	}
	return out, nil
}
