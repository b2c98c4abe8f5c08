package rules

// Soften caps the severity of a finding that rests on less than a
// configuration would give, unless the configuration says how severe the rule
// is.
func (p *Pass) Soften(f *Finding, most Severity) {
	if p.Config != nil && p.Config.Rules[p.rule.ID].Given {
		return
	}
	f.Severity = min(f.Severity, most)
}
