package guard

import "policylint/inspect/catalog"

// A Command is a row of pg_event_trigger_ddl_commands(). What is empty is not
// known.
type Command struct {
	Tag       string // such as CREATE TABLE
	Type      string // such as table
	Class     string // the catalog that the object is in, without pg_
	Name      catalog.Name
	Signature string // of a function
}

var commandCols = []string{"classid", "objid", "objsubid", "command_tag", "object_type", "schema_name", "object_identity", "in_extension"}

// commands is the result of pg_event_trigger_ddl_commands().
func (e *Env) commands() *Rows {
	if e.Commands == nil {
		return unknownRows()
	}
	out := &Rows{Cols: commandCols, wild: true}
	for _, c := range e.Commands {
		row := []Value{{}, {}, Of(0), Of(c.Tag), {}, {}, {}, Of(false)}
		if c.Class != "" {
			identity := c.Name.SQL()
			if c.Class == "proc" {
				identity += "(" + c.Signature + ")"
			}
			row[0] = class(catalog.Name{Schema: "pg_catalog", Name: "pg_" + c.Class})
			row[1] = object(c.Class, c.Name, c.Signature)
			row[4], row[5], row[6] = Of(c.Type), Of(c.Name.Schema), Of(identity)
		}
		out.Rows = append(out.Rows, Tuple{Values: row})
	}
	return out
}

// eventTriggerView answers which event triggers there are.
var eventTriggerView = map[string]*view{
	"pg_catalog.pg_event_trigger": {
		cols: []string{"evtname", "evtevent"},
		rows: func(e *Env, add func(bool, ...any)) {
			for _, t := range e.EventTriggers {
				add(t.Maybe, t.Name, t.Event)
			}
		},
	},
}

// An EventTrigger is a row of pg_event_trigger.
type EventTrigger struct {
	Name, Event string
	Maybe       bool
}
