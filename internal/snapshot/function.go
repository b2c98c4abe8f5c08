package snapshot

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
)

type function struct {
	Name            string               `json:"name"`
	Args            string               `json:"args"` // as pg_get_function_identity_arguments prints them
	Language        string               `json:"language"`
	SecurityDefiner *bool                `json:"security_definer"`
	Volatility      *catalog.Volatility  `json:"volatility"`
	SearchPath      *string              `json:"search_path"` // null when the function sets none
	Execute         []string             `json:"execute"`     // roles, public among them
	Kind            catalog.FunctionKind `json:"kind"`
	Arguments       []argument           `json:"arguments"`
	Returns         string               `json:"returns"`
	ReturnsSet      bool                 `json:"returns_set"`
	Strict          *bool                `json:"strict"`
	Leakproof       *bool                `json:"leakproof"`
	Config          map[string]*string   `json:"config"`
	Body            *string              `json:"body"`
	StandardBody    bool                 `json:"standard_body"`
	Owner           *string              `json:"owner"`
	Grants          grants               `json:"grants"`
	Extension       string               `json:"extension,omitempty"`
	Platform        bool                 `json:"platform,omitempty"`
	Unsure          []string             `json:"unsure,omitempty"`
	origin
}

type argument struct {
	Name    string          `json:"name"`
	Type    string          `json:"type"`
	Mode    catalog.ArgMode `json:"mode"`
	Default bool            `json:"default"`
}

// IdentityArguments is what pg_get_function_identity_arguments prints: the
// arguments with modes and names, those of a result table left out.
func IdentityArguments(f *catalog.Function) string {
	var out []string
	for _, a := range f.Args {
		if a.Mode == catalog.ArgTable {
			continue
		}
		var words []string
		if a.Mode != catalog.ArgIn || f.Kind == catalog.Procedure {
			words = append(words, strings.ToUpper(string(a.Mode)))
		}
		if a.Name != "" {
			words = append(words, catalog.Quote(a.Name))
		}
		out = append(out, strings.Join(append(words, a.Type), " "))
	}
	return strings.Join(out, ", ")
}

func functionOf(f *catalog.Function) function {
	out := function{
		Name: nameOf(f.Name), Args: IdentityArguments(f), Language: f.Language,
		SecurityDefiner: factOf(f.SecurityDefiner), Volatility: factOf(f.Volatility),
		Kind: f.Kind, Arguments: []argument{}, Returns: f.Returns, ReturnsSet: f.ReturnsSet,
		Strict: factOf(f.Strict), Leakproof: factOf(f.Leakproof), Config: map[string]*string{},
		Body: factOf(f.Body), StandardBody: f.StandardBody, Owner: factOf(f.Owner), Grants: grantsOf(&f.Grants),
		Extension: f.Extension, Platform: f.Platform, Unsure: unsureOf(f.Unsure), origin: originOf(f.Origin),
	}
	if !f.Grants.Unsure && !f.Unsure.Any(catalog.Grants) {
		out.Execute = listOf(f.Grants.Grantees(catalog.Execute))
	}
	for _, a := range f.Args {
		out.Arguments = append(out.Arguments, argument(a))
	}
	for setting, value := range f.Config {
		out.Config[setting] = settingOf(setting, value)
	}
	if path, ok := f.SearchPath(); ok {
		out.SearchPath = factOf(path)
	}
	return out
}

func (f function) function() *catalog.Function {
	at := f.at()
	out := &catalog.Function{
		Name: name(f.Name), Kind: f.Kind, Returns: f.Returns, ReturnsSet: f.ReturnsSet, Language: f.Language,
		Volatility: fact(f.Volatility, at), SecurityDefiner: fact(f.SecurityDefiner, at), Strict: fact(f.Strict, at),
		Leakproof: fact(f.Leakproof, at), Body: fact(f.Body, at), StandardBody: f.StandardBody, Owner: fact(f.Owner, at),
		Grants: f.Grants.acl(at), Origin: at, Extension: f.Extension, Platform: f.Platform, Unsure: unsure(f.Unsure),
	}
	for _, a := range f.Arguments {
		out.Args = append(out.Args, catalog.Arg(a))
	}
	for setting, value := range f.Config {
		if out.Config == nil {
			out.Config = map[string]catalog.Fact[string]{}
		}
		out.Config[setting] = fact(value, at)
	}
	return out
}

// sortFunctions puts functions in order of name and arguments.
func sortFunctions(in []function) {
	slices.SortFunc(in, func(a, b function) int {
		if a.Name != b.Name {
			return strings.Compare(a.Name, b.Name)
		}
		return strings.Compare(a.Args, b.Args)
	})
}
