package live

import (
	"errors"
	"io/fs"
	"net"
	"regexp"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

// bare is a connection string without what a file or a variable put around it:
// the line break of a secret's file, the quotes of an env file.
func bare(dsn string) string {
	dsn = strings.TrimSpace(dsn)
	if n := len(dsn) - 1; n > 0 && (dsn[0] == '"' || dsn[0] == '\'') && dsn[n] == dsn[0] {
		dsn = strings.TrimSpace(dsn[1:n])
	}
	return dsn
}

// dsnCause says what is wrong with a connection string in words of our own:
// pgx's quote from it, and in a broken one nobody can tell the password.
func dsnCause(err error) string {
	var file *fs.PathError
	text := err.Error()
	switch {
	case errors.As(err, &file):
		return file.Error()
	case strings.Contains(text, ": failed to read service") && strings.Contains(text, "no such file"):
		return "the service file is not there; it is the one of PGSERVICEFILE, or .pg_service.conf in the home folder"
	case strings.Contains(text, ": failed to read service"):
		return "the service is not in the service file"
	case strings.Contains(text, ": failed to configure TLS"):
		return "sslmode, sslrootcert, sslcert or sslkey is not valid"
	case strings.Contains(text, ": invalid port"), strings.Contains(text, ": could not match"):
		return "the port is no number from 1 to 65535; in a URL, write @ : / ? # of a password as %40 %3A %2F %3F %23"
	case strings.Contains(text, ": invalid connect_timeout"):
		return "connect_timeout is no number of seconds"
	case strings.Contains(text, ": failed to parse as URL"):
		return "it is not a valid URL; write special characters of the password in percent-encoding"
	case strings.Contains(text, ": failed to parse as keyword/value"):
		return "it is neither a URL that begins with postgres:// nor keyword=value pairs"
	}
	return "a parameter has a value that is not valid"
}

// misread says why a string that can be parsed would lead somewhere else than
// was meant; "" if nothing says so.
func misread(dsn string, config *pgx.ConnConfig) string {
	if mislaid(dsn, config) {
		return "an @ stands where a host or a database is expected; in a URL, write @ : / ? # of a password as %40 %3A %2F %3F %23"
	}
	if _, ok := config.RuntimeParams["hostaddr"]; ok {
		return "hostaddr is not supported: give the address as host"
	}
	if strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://") {
		return "" // strings made for other programs carry more, and their host is where it belongs
	}
	for k := range config.RuntimeParams {
		if !keywords[k] && !custom.MatchString(k) {
			// Which one is not said: it may be the rest of a password.
			return "it has a keyword that PostgreSQL does not know; a value with blanks in it needs quotes, and a URL begins with postgres://"
		}
	}
	return ""
}

// custom is the name of a setting that an extension or an application makes up.
var custom = regexp.MustCompile(`^[a-z_]+(\.[a-z_]+)+$`)

// keywords are those that PostgreSQL's own programs take and pgx does not
// (PostgreSQL docs 34.1.2), and the settings that people write beside them.
var keywords = func() map[string]bool {
	out := map[string]bool{}
	for k := range strings.FieldsSeq(`application_name client_encoding fallback_application_name gssdelegation gssencmode gsslib
		keepalives keepalives_count keepalives_idle keepalives_interval load_balance_hosts options replication require_auth requirepeer
		ssl_max_protocol_version ssl_min_protocol_version sslcertmode sslcompression sslcrl sslcrldir sslkeylogfile sslnegotiation
		tcp_user_timeout scram_client_key scram_server_key krbspn krbsrvname min_protocol_version max_protocol_version
		datestyle default_transaction_isolation default_transaction_read_only extra_float_digits geqo
		idle_in_transaction_session_timeout intervalstyle jit lock_timeout role search_path standard_conforming_strings
		statement_timeout timezone work_mem
		binary_parameters connection_limit pgbouncer pool_max_conns pool_mode pool_timeout prefer_simple_protocol schema`) {
		out[k] = true
	}
	return out
}()

// mislaid reports whether a part of the password seems to have come to stand
// in the host or the database, because it holds an @ or / of its own.
func mislaid(dsn string, config *pgx.ConnConfig) bool {
	_, rest, isURL := strings.Cut(dsn, "://")
	if !isURL {
		return false
	}
	hosts := []string{config.Host}
	for _, f := range config.Fallbacks {
		hosts = append(hosts, f.Host)
	}
	if slices.ContainsFunc(hosts, func(h string) bool {
		return strings.ContainsAny(h, "@:/?#") && !strings.HasPrefix(h, "/") && net.ParseIP(h) == nil
	}) {
		return true
	}
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		return strings.Contains(rest[i:], "@")
	}
	return false
}
