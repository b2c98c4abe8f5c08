package report

import (
	"bytes"
	"encoding/json"
	"io"
	"time"

	"policylint/inspect/token"
	"policylint/internal/jsonout"
)

type jsonTokens struct {
	Version    int              `json:"version"`
	CheckedAt  string           `json:"checked_at"`
	SkewSecs   int              `json:"skew_seconds"`
	Tokens     []jsonToken      `json:"tokens"`
	Comparison []jsonDifference `json:"claims_that_differ"`
	Access     json.RawMessage  `json:"access"` // null when there was nothing to read it from
	NoAccess   string           `json:"access_because,omitempty"`
}

type jsonToken struct {
	Name      string         `json:"name"`
	Kind      string         `json:"kind"`
	From      string         `json:"from,omitempty"`
	Project   string         `json:"project,omitempty"`
	Algorithm *string        `json:"alg"` // null for a key that is no JWT
	KeyID     string         `json:"kid,omitempty"`
	Claims    map[string]any `json:"claims"` // null for a key that has none
	Signature jsonSignature  `json:"signature"`
	Expiry    string         `json:"expiry,omitempty"`
	Faulty    bool           `json:"faulty"`
	Problems  []jsonProblem  `json:"problems"`
	PostgREST jsonOutlook    `json:"postgrest"`
	Realtime  jsonOutlook    `json:"realtime"`
}

type jsonSignature struct {
	State   string `json:"state"` // verified, invalid, not verified
	Because string `json:"because"`
	Hint    string `json:"hint,omitempty"`
}

type jsonProblem struct {
	Level   string `json:"level"` // fault, warning, note
	Claim   string `json:"claim,omitempty"`
	Message string `json:"message"`
	Fix     string `json:"fix,omitempty"`
}

type jsonOutlook struct {
	Accepts bool   `json:"accepts"`
	Because string `json:"because"`
}

type jsonDifference struct {
	Claim    string `json:"claim"`
	First    string `json:"first,omitempty"` // left out when the claim is not there
	Second   string `json:"second,omitempty"`
	Ordinary bool   `json:"ordinary"`
}

// TokensJSON writes for programs what there is to say.
func TokensJSON(w io.Writer, t *Tokens) error {
	out := jsonTokens{Version: Version, CheckedAt: t.Now.UTC().Format(time.RFC3339), SkewSecs: int(token.Skew.Seconds()), Tokens: []jsonToken{}, Comparison: []jsonDifference{}, NoAccess: t.NoAccess}
	for _, x := range t.List {
		j := jsonToken{
			Name: x.Name, Kind: string(x.Kind), From: string(x.In), Project: x.Project(), Claims: token.Masked(x.Claims, true),
			Signature: jsonSignature{string(x.Signature.State), x.Signature.Because, x.Hint}, Expiry: x.Expiry, Faulty: x.Result.Faulty(),
			Problems: []jsonProblem{}, PostgREST: outlook(x.PostgREST), Realtime: outlook(x.Realtime),
		}
		if !x.Kind.IsOpaque() {
			alg := token.MaskText(x.Header.Alg)
			j.Algorithm, j.KeyID = &alg, token.MaskText(x.Header.KeyID)
		}
		for _, p := range x.Problems {
			j.Problems = append(j.Problems, jsonProblem{string(p.Level), p.Claim, p.Message, p.Fix})
		}
		out.Tokens = append(out.Tokens, j)
	}
	for _, d := range t.Differences {
		out.Comparison = append(out.Comparison, jsonDifference{d.Path.String(), d.First, d.Second, d.Ordinary})
	}
	if t.Access != nil {
		var b bytes.Buffer
		if err := AccessJSON(&b, t.Access); err != nil {
			return err
		}
		out.Access = b.Bytes()
	}
	return jsonout.Write(w, out)
}

func outlook(o token.Outlook) jsonOutlook { return jsonOutlook{o.Accepts, o.Text} }
