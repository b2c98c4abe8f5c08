package lsp

import (
	"net/url"
	"path/filepath"
	"strings"
)

// fromURI is the path of a file; ok is false for what is no file.
func fromURI(uri string) (path string, ok bool) {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "file" || u.Path == "" {
		return "", false
	}
	path = u.Path
	if drive(path) { // /c:/x, of Windows
		path = strings.ToUpper(path[1:2]) + path[2:]
	}
	return filepath.Clean(filepath.FromSlash(path)), true
}

// toURI is the address of a file.
func toURI(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}

func drive(path string) bool {
	return len(path) > 2 && path[0] == '/' && path[2] == ':' && (path[1]|0x20 >= 'a' && path[1]|0x20 <= 'z')
}

// inside reports whether a file is in a folder or below it.
func inside(file, folder string) bool {
	rel, err := filepath.Rel(folder, file)
	return err == nil && rel != "." && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}
