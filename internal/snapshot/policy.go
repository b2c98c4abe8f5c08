package snapshot

import "policylint/inspect/catalog"

type policy struct {
	Table      string          `json:"table"`
	Name       string          `json:"name"`
	Command    catalog.Command `json:"command"`
	Permissive bool            `json:"permissive"`
	Roles      []string        `json:"roles"`
	Using      *string         `json:"using"`
	Check      *string         `json:"check"`
	Platform   bool            `json:"platform,omitempty"`
	Unsure     []string        `json:"unsure,omitempty"`
	origin
}

func policyOf(p *catalog.Policy) policy {
	return policy{
		nameOf(p.Table), p.Name, p.Command, p.Permissive, listOf(p.Roles), exprOf(p.Using), exprOf(p.Check),
		p.Platform, unsureOf(p.Unsure), originOf(p.Origin),
	}
}

func (p policy) policy() (*catalog.Policy, error) {
	at := p.at()
	using, err := expression(p.Using)
	if err != nil {
		return nil, err
	}
	check, err := expression(p.Check)
	if err != nil {
		return nil, err
	}
	return &catalog.Policy{
		Name: p.Name, Table: name(p.Table), Command: p.Command, Permissive: p.Permissive, Roles: p.Roles,
		Using: using, Check: check, Origin: at, UsingAt: at, CheckAt: at, RolesAt: at,
		Platform: p.Platform, Unsure: unsure(p.Unsure),
	}, nil
}
