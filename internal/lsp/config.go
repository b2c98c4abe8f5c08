package lsp

import (
	"path/filepath"

	"policylint/inspect/catalog"
	"policylint/rules"
)

// configName is what a configuration is called.
const configName = "rules.yaml"

// config is a configuration and the file that it is from.
type config struct {
	*rules.Config
	path string
}

// faults puts up what is wrong with a configuration on disk. Of one that is
// open, what the editor has is checked instead.
func (b *board) faults(err error) {
	placed, others := configErrors(err)
	for _, e := range placed {
		if path := absolute(e.File); filepath.Base(path) != configName || b.docs[path] == nil {
			b.fault(e)
		}
	}
	for _, e := range others {
		b.tell(e.Error())
	}
}

// configs checks the configurations that are open, as they are typed. They
// count for the migrations once they are saved.
func (b *board) configs() {
	for path, d := range b.docs {
		if filepath.Base(path) != configName {
			continue
		}
		_, err := rules.ReadConfig(filepath.ToSlash(path), []byte(d.text))
		placed, others := configErrors(err)
		for _, e := range placed {
			b.fault(e)
		}
		for _, e := range others {
			b.tell(e.Error())
		}
	}
}

func (b *board) fault(e *rules.ConfigError) {
	at := catalog.Origin{File: e.File, Line: e.Line, Column: e.Column, EndLine: e.Line + 1, EndColumn: 1}
	b.put(at, diagnostic{Severity: severityError, Message: e.Message})
}
