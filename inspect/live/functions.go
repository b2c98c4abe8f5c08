package live

import (
	"strings"

	"policylint/inspect/catalog"
)

var (
	functionKinds = map[string]catalog.FunctionKind{
		"f": catalog.PlainFunction, "p": catalog.Procedure, "a": catalog.Aggregate, "w": catalog.Window,
	}
	volatilities = map[string]catalog.Volatility{"i": catalog.Immutable, "s": catalog.Stable, "v": catalog.Volatile}
	argModes     = map[string]catalog.ArgMode{
		"i": catalog.ArgIn, "o": catalog.ArgOut, "b": catalog.ArgInOut, "v": catalog.ArgVariadic, "t": catalog.ArgTable,
	}
)

// functions reads functions, procedures, aggregates and window functions.
func (l *loader) functions() error {
	var n catalog.Name
	var kind, returns, language, volatility, owner string
	var types, modes, names, config, items []string
	var defaults int
	var set, definer, strict, leakproof, standard, untouched bool
	var body, extension *string
	return l.each("functions", []any{
		&n.Schema, &n.Name, &kind, &types, &modes, &names, &defaults, &returns, &set, &language, &volatility, &definer,
		&strict, &leakproof, &config, &body, &standard, &owner, &untouched, &items, &extension,
	}, func() error {
		grants, err := l.acl(items, untouched)
		if err != nil {
			return err
		}
		f := &catalog.Function{
			Name: n, Kind: functionKinds[kind], Args: arguments(types, modes, names, defaults), Returns: returns, ReturnsSet: set,
			Language: language, Volatility: known(volatilities[volatility]), SecurityDefiner: known(definer),
			Strict: known(strict), Leakproof: known(leakproof), Body: known(deref(body)), StandardBody: standard,
			Owner: known(owner), Grants: grants, Extension: deref(extension), Platform: l.platform(n.Schema, owner),
		}
		if f.Kind == catalog.Procedure && returns == "void" {
			f.Returns = ""
		}
		for _, item := range config {
			name, value, _ := strings.Cut(item, "=")
			if f.Config == nil {
				f.Config = map[string]catalog.Fact[string]{}
			}
			name = strings.ToLower(name)
			f.Config[name] = known(unquoteEmpty(name, value))
		}
		l.cat.PutFunction(f)
		return nil
	})
}

// arguments joins what pg_proc says of them. Without modes, all are IN; the
// last input arguments are those with a default.
func arguments(types, modes, names []string, defaults int) []catalog.Arg {
	var args []catalog.Arg
	for i, t := range types {
		a := catalog.Arg{Type: t, Mode: catalog.ArgIn}
		if i < len(modes) {
			a.Mode = argModes[modes[i]]
		}
		if i < len(names) {
			a.Name = names[i]
		}
		args = append(args, a)
	}
	for i := len(args) - 1; i >= 0 && defaults > 0; i-- {
		if args[i].Input() {
			args[i].Default = true
			defaults--
		}
	}
	return args
}
