package static

import (
	"strconv"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/static/builtin"
)

// listSettings are the parameters whose value is a list of identifiers, each
// quoted where it needs to be (GUC_LIST_QUOTE in PostgreSQL's guc_tables).
var listSettings = map[string]bool{
	"search_path": true, "local_preload_libraries": true, "session_preload_libraries": true,
	"shared_preload_libraries": true, "temp_tablespaces": true, "unix_socket_directories": true,
}

// settingValue is the text that SET gives a parameter, as pg_db_role_setting
// and pg_proc.proconfig hold it. An empty list is "", which PostgreSQL writes
// as a pair of quotes.
func settingValue(name string, args []*pg.Node) string {
	words := make([]string, 0, len(args))
	for _, a := range args {
		word := constant(a)
		if listSettings[strings.ToLower(name)] && (word != "" || len(args) > 1) {
			word = catalog.Quote(word)
		}
		words = append(words, word)
	}
	return strings.Join(words, ", ")
}

// constant is the text of a constant or of a constant with a cast, as in SET
// TIME ZONE INTERVAL '1'.
func constant(n *pg.Node) string {
	if cast := n.GetTypeCast(); cast != nil {
		return constant(cast.Arg)
	}
	switch v := n.GetAConst().GetVal().(type) {
	case *pg.A_Const_Sval:
		return v.Sval.GetSval()
	case *pg.A_Const_Ival:
		return strconv.Itoa(int(v.Ival.GetIval()))
	case *pg.A_Const_Fval:
		return v.Fval.GetFval()
	case *pg.A_Const_Boolval:
		return strconv.FormatBool(v.Boolval.GetBoolval())
	}
	return ""
}

// identifiers splits a list such as the value of search_path: names in double
// quotes stand as they are, others in lower case.
func identifiers(s string) (list []string, ok bool) {
	rest := strings.TrimSpace(s)
	if rest == "" {
		return nil, true
	}
	for {
		var word string
		if strings.HasPrefix(rest, `"`) {
			var b strings.Builder
			i := 1
			for ; i < len(rest); i++ {
				if rest[i] == '"' {
					if i+1 == len(rest) || rest[i+1] != '"' {
						break
					}
					i++
				}
				b.WriteByte(rest[i])
			}
			if i == len(rest) {
				return nil, false
			}
			word, rest = b.String(), strings.TrimSpace(rest[i+1:])
		} else {
			end := strings.IndexByte(rest, ',')
			if end < 0 {
				end = len(rest)
			}
			word, rest = strings.ToLower(strings.TrimSpace(rest[:end])), rest[end:]
			if word == "" || strings.ContainsAny(word, " \t\n\r") {
				return nil, false
			}
		}
		list = append(list, word)
		if rest == "" {
			return list, true
		}
		if rest[0] != ',' {
			return nil, false
		}
		rest = strings.TrimSpace(rest[1:])
	}
}

// checkSetting is the refusal of a parameter that does not exist, may not be
// set by the session, or cannot take the value. start is set where the value
// is only kept for sessions to come, as in ALTER ROLE … SET.
func (r *replay) checkSetting(name, value string, start bool) *sqlError {
	if strings.EqualFold(name, "default_with_oids") { // that old dumps turn off
		switch {
		case !isBoolean(value):
			return errf("22023", "parameter %q requires a Boolean value", name)
		case isOn(value):
			return errf("0A000", "tables declared WITH OIDS are not supported")
		}
		return nil
	}
	s, known := builtin.SettingNamed(name)
	if !known {
		return r.checkCustomSetting(name, start)
	}
	switch s.Context {
	case "internal":
		return errf("55P02", "parameter %q cannot be changed", s.Name)
	case "postmaster":
		return errf("55P02", "parameter %q cannot be changed without restarting the server", s.Name)
	case "sighup":
		return errf("55P02", "parameter %q cannot be changed now", s.Name)
	case "backend", "superuser-backend":
		if !start {
			return errf("55P02", "parameter %q cannot be set after connection start", s.Name)
		}
	}
	if strings.HasPrefix(s.Context, "superuser") && !r.superuser() && !r.delegated(s.Name) {
		return errf("42501", "permission denied to set parameter %q", s.Name)
	}
	switch {
	case s.Type == "bool" && !isBoolean(value):
		return errf("22023", "parameter %q requires a Boolean value", s.Name)
	case s.Type == "enum" && !isBoolean(value) && !strings.EqualFold(value, "debug") && !containsFold(s.Values, value):
		return errf("22023", "invalid value for parameter %q: %q", s.Name, value)
	case (s.Type == "integer" || s.Type == "real") && !isNumber(value):
		return errf("22023", "invalid value for parameter %q: %q", s.Name, value)
	}
	return nil
}

// checkCustomSetting judges a parameter that is not PostgreSQL's own: anything
// with a dot may be set for the session, but kept only by a superuser.
func (r *replay) checkCustomSetting(name string, start bool) *sqlError {
	class, _, dotted := strings.Cut(name, ".")
	switch {
	case !dotted:
		return errf("42704", "unrecognized configuration parameter %q", name)
	case class == "" || class[0] >= '0' && class[0] <= '9':
		return errf("42602", "invalid configuration parameter name %q", name)
	case start && !r.superuser() && !r.delegated(name):
		return errf("42501", "permission denied to set parameter %q", name)
	}
	return nil
}

func containsFold(list []string, value string) bool {
	for _, v := range list {
		if strings.EqualFold(v, value) {
			return true
		}
	}
	return false
}

// isBoolean reports whether a parameter takes the text for a truth value: the
// usual words and their unique beginnings.
func isBoolean(s string) bool {
	s = strings.ToLower(strings.TrimSpace(s))
	if s == "" {
		return false
	}
	for _, word := range []string{"true", "false", "yes", "no", "1", "0"} {
		if strings.HasPrefix(word, s) {
			return true
		}
	}
	return s == "on" || s == "of" || s == "off"
}

// isNumber reports whether a parameter may take the text for a number, with or
// without a unit.
func isNumber(s string) bool {
	s = strings.TrimSpace(s)
	return s != "" && (s[0] >= '0' && s[0] <= '9' || s[0] == '-' || s[0] == '+' || s[0] == '.')
}
