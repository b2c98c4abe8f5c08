package rules

import "slices"

// A Preset says which rules run without being named. Each holds the rules of
// the one before it.
type Preset int

// The presets, smallest first. The zero Preset stands for none given.
const (
	// Recommended rules find faults, and are quiet on a sound project.
	Recommended Preset = iota + 1
	// Strict rules ask for more than a sound project needs: advice and habits.
	Strict
	// Audit rules list what somebody should look at once.
	Audit
)

// String is the preset as the configuration spells it.
func (p Preset) String() string {
	return [...]string{"", "recommended", "strict", "audit"}[p]
}

// PresetNames lists the presets as the configuration spells them.
func PresetNames() []string {
	return []string{Recommended.String(), Strict.String(), Audit.String()}
}

// ParsePreset finds a preset by its name.
func ParsePreset(name string) (Preset, bool) {
	i := slices.Index(PresetNames(), name)
	return Preset(i + 1), i >= 0
}

// Preset is the smallest preset that the rule is in: what the rule says, or by
// its severity strict for info and recommended for anything worse.
func (r *Rule) Preset() Preset {
	switch {
	case r.From != 0:
		return r.From
	case r.Severity == Info:
		return Strict
	}
	return Recommended
}

// PresetName is the configured preset, or recommended.
func (c *Config) PresetName() Preset {
	if c == nil || c.Preset == 0 {
		return Recommended
	}
	return c.Preset
}

// preset is the preset of a run: that of the selection or else of the
// configuration, and strict at least where the rules of severity info are
// asked for.
func (s Selection) preset(c *Config) Preset {
	p := s.Preset
	if p == 0 {
		p = c.PresetName()
	}
	if s.Min == Info {
		p = max(p, Strict)
	}
	return p
}
