package snapshot

import (
	"fmt"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

type index struct {
	Name             string   `json:"name"`
	Columns          []string `json:"columns"` // "" for an expression
	Exprs            []string `json:"expressions"`
	Include          []string `json:"include"`
	Method           string   `json:"method"`
	Unique           bool     `json:"unique"`
	Primary          bool     `json:"primary"`
	Valid            bool     `json:"valid"`
	Immediate        bool     `json:"immediate"`
	NullsNotDistinct bool     `json:"nulls_not_distinct"`
	Constraint       string   `json:"constraint,omitempty"`
	Where            *string  `json:"where"`
}

type trigger struct {
	Name       string   `json:"name"`
	Timing     string   `json:"timing"`
	Events     []string `json:"events"`
	Columns    []string `json:"columns"`
	ForEachRow bool     `json:"for_each_row"`
	Function   string   `json:"function"`
	When       *string  `json:"when"`
	Constraint bool     `json:"constraint"`
	Enabled    bool     `json:"enabled"`
	Inherited  bool     `json:"inherited"`
}

func indexesOf(in []*catalog.Index) []index {
	out := []index{}
	for _, i := range in {
		x := index{
			Name: i.Name, Columns: listOf(i.Columns), Exprs: []string{}, Include: listOf(i.Include), Method: i.Method, Unique: i.Unique,
			Primary: i.Primary, Valid: i.Valid, Immediate: i.Immediate, NullsNotDistinct: i.NullsNotDistinct,
			Constraint: i.Constraint, Where: exprOf(i.Where),
		}
		for _, e := range i.Exprs {
			x.Exprs = append(x.Exprs, expr.String(e))
		}
		out = append(out, x)
	}
	return out
}

func readIndexes(in []index, at catalog.Origin) ([]*catalog.Index, error) {
	var out []*catalog.Index
	for _, i := range in {
		x := &catalog.Index{
			Name: i.Name, Columns: stringsOf(i.Columns), Include: stringsOf(i.Include), Method: i.Method, Unique: i.Unique,
			Primary: i.Primary, Valid: i.Valid, Immediate: i.Immediate, NullsNotDistinct: i.NullsNotDistinct,
			Constraint: i.Constraint, Origin: at,
		}
		var err error
		if x.Where, err = expression(i.Where); err != nil {
			return nil, fmt.Errorf("index %s: %w", i.Name, err)
		}
		for _, s := range i.Exprs {
			e, err := expression(&s)
			if err != nil {
				return nil, fmt.Errorf("index %s: %w", i.Name, err)
			}
			x.Exprs = append(x.Exprs, e)
		}
		out = append(out, x)
	}
	return out, nil
}

func triggersOf(in []*catalog.Trigger) []trigger {
	out := []trigger{}
	for _, t := range in {
		out = append(out, trigger{
			t.Name, t.Timing, listOf(t.Events), listOf(t.Columns), t.ForEachRow, nameOf(t.Function), exprOf(t.When),
			t.Constraint, t.Enabled, t.Inherited,
		})
	}
	return out
}

func readTriggers(in []trigger, at catalog.Origin) ([]*catalog.Trigger, error) {
	var out []*catalog.Trigger
	for _, t := range in {
		when, err := expression(t.When)
		if err != nil {
			return nil, fmt.Errorf("trigger %s: %w", t.Name, err)
		}
		out = append(out, &catalog.Trigger{
			Name: t.Name, Timing: t.Timing, Events: stringsOf(t.Events), Columns: stringsOf(t.Columns), ForEachRow: t.ForEachRow,
			Function: name(t.Function), When: when, Constraint: t.Constraint, Enabled: t.Enabled, Inherited: t.Inherited, Origin: at,
		})
	}
	return out, nil
}
