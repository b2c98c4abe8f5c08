package rules

// A Severity says how bad a finding is.
type Severity int

// The severities, mildest first.
const (
	Off Severity = iota
	Info
	Warning
	Error
	// Never is above all severities: as fail_on, no finding fails the run.
	Never
)

// String is the severity as the configuration and reports spell it.
func (s Severity) String() string {
	return [...]string{"off", "info", "warning", "error", "never"}[s]
}

// ParseSeverity finds a severity among the given ones by its name.
func ParseSeverity(name string, among ...Severity) (Severity, bool) {
	for _, s := range among {
		if s.String() == name {
			return s, true
		}
	}
	return Off, false
}
