package token

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// decode fills in the header and the claims of a JWT.
func (t *Token) decode() error {
	parts := strings.SplitN(t.raw, ".", 6)
	if len(parts) != 3 {
		return strange(t.raw)
	}
	header, err := object("header", parts[0])
	if err != nil {
		return err
	}
	if t.Claims, err = object("claims", parts[1]); err != nil {
		return err
	}
	t.signed = parts[2] != ""
	t.Header.Alg, _ = header["alg"].(string)
	t.Header.Typ, _ = header["typ"].(string)
	t.Header.KeyID, _ = header["kid"].(string)
	_, t.Header.Critical = header["crit"]
	for _, name := range []string{"jwk", "jku", "x5c", "x5u"} {
		if _, there := header[name]; there {
			t.Header.OwnKey = true
		}
	}
	return nil
}

// object decodes a part of a JWT.
func object(what, part string) (map[string]any, error) {
	if part == "" {
		return nil, fmt.Errorf("its %s: the part is empty", what)
	}
	text, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		var at base64.CorruptInputError
		switch {
		case strings.ContainsAny(part, "+/="):
			return nil, fmt.Errorf("its %s: the part is in base64, a JWT is in base64url", what)
		case strings.Contains(part, "…") || strings.HasSuffix(part, ".."):
			return nil, fmt.Errorf("its %s: the part was shortened", what)
		case errors.As(err, &at):
			return nil, fmt.Errorf("its %s: the part is not base64url, at character %d", what, int64(at)+1)
		}
		return nil, fmt.Errorf("its %s: the part is not base64url", what)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var out map[string]any
	if err := d.Decode(&out); err != nil {
		return nil, fmt.Errorf("its %s: the part is no JSON object", what)
	}
	if _, err := d.Token(); out == nil || err == nil || d.More() {
		return nil, fmt.Errorf("its %s: the part is no JSON object, or more than one", what)
	}
	return out, nil
}
