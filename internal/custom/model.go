package custom

// The objects as a rule's expressions see them. Names are unquoted; lists are
// sorted unless their order means something. What is not known of an object is
// listed beside it, see Subject.

// A Table is a table of the project.
type Table struct {
	Schema          string       `cel:"schema"`
	Name            string       `cel:"name"`
	Kind            string       `cel:"kind" doc:"table, partitioned or foreign"`
	Persistence     string       `cel:"persistence" doc:"permanent or unlogged"`
	Owner           string       `cel:"owner"`
	RLS             bool         `cel:"rls"`
	ForceRLS        bool         `cel:"force_rls"`
	ReplicaIdentity string       `cel:"replica_identity" doc:"default, full, nothing or index NAME"`
	Published       bool         `cel:"published" doc:"by the publication that Realtime reads"`
	Exposed         bool         `cel:"exposed" doc:"its schema is served by the API"`
	PrimaryKey      []string     `cel:"primary_key"`
	Columns         []Column     `cel:"columns" doc:"in order of creation"`
	Indexes         []Index      `cel:"indexes"`
	ForeignKeys     []ForeignKey `cel:"foreign_keys"`
	Triggers        []Trigger    `cel:"triggers"`
	Policies        []Policy     `cel:"policies"`
	Grants          []Grant      `cel:"grants"`
}

// A Column is a column of a table.
type Column struct {
	Name       string `cel:"name"`
	Type       string `cel:"type" doc:"as format_type prints it: bigint, public.user_role"`
	NotNull    bool   `cel:"not_null"`
	HasDefault bool   `cel:"has_default"`
	Generated  bool   `cel:"generated" doc:"generated always as (…) stored"`
	Identity   bool   `cel:"identity" doc:"generated … as identity"`
}

// An Index is an index of a table.
type Index struct {
	Name    string   `cel:"name"`
	Columns []string `cel:"columns" doc:"in order; \"\" stands for an expression"`
	Method  string   `cel:"method"`
	Unique  bool     `cel:"unique"`
	Primary bool     `cel:"primary"`
	Partial bool     `cel:"partial"`
}

// A ForeignKey is a foreign key of a table.
type ForeignKey struct {
	Name       string   `cel:"name"`
	Columns    []string `cel:"columns"`
	References string   `cel:"references" doc:"schema.table"`
	OnDelete   string   `cel:"on_delete" doc:"no action, restrict, cascade, set null or set default"`
}

// A Trigger is a trigger of a table.
type Trigger struct {
	Name     string   `cel:"name"`
	Timing   string   `cel:"timing" doc:"before, after or instead of"`
	Events   []string `cel:"events"`
	EachRow  bool     `cel:"each_row"`
	Function string   `cel:"function" doc:"schema.name"`
	Enabled  bool     `cel:"enabled"`
}

// A Policy is a row level security policy.
type Policy struct {
	Schema     string   `cel:"schema" doc:"of its table"`
	Table      string   `cel:"table"`
	Name       string   `cel:"name"`
	Command    string   `cel:"command" doc:"all, select, insert, update or delete"`
	Permissive bool     `cel:"permissive"`
	Roles      []string `cel:"roles" doc:"public for everyone"`
	Using      string   `cel:"using" doc:"as policylint normalises it; \"\" when there is none"`
	Check      string   `cel:"check"`
	Claims     []string `cel:"claims" doc:"paths of the token that it reads, helper functions followed"`
	Reads      []string `cel:"reads" doc:"tables and views that its sub-queries read"`
}

// A Function is a function or procedure of the project.
type Function struct {
	Schema          string   `cel:"schema"`
	Name            string   `cel:"name"`
	Kind            string   `cel:"kind" doc:"function, procedure, aggregate or window"`
	Arguments       []string `cel:"arguments" doc:"input types"`
	Returns         string   `cel:"returns"`
	Language        string   `cel:"language"`
	Volatility      string   `cel:"volatility"`
	SecurityDefiner bool     `cel:"security_definer"`
	Strict          bool     `cel:"strict"`
	HasSearchPath   bool     `cel:"has_search_path" doc:"it has a SET search_path clause"`
	SearchPath      string   `cel:"search_path"`
	Owner           string   `cel:"owner"`
	Body            string   `cel:"body"`
	Exposed         bool     `cel:"exposed"`
	Grants          []Grant  `cel:"grants"`
}

// A Publication is a publication for logical replication.
type Publication struct {
	Name      string   `cel:"name"`
	Owner     string   `cel:"owner"`
	AllTables bool     `cel:"all_tables"`
	Schemas   []string `cel:"schemas"`
	Tables    []string `cel:"tables" doc:"schema.table, those listed by name"`
	Publish   []string `cel:"publish" doc:"of insert, update, delete, truncate"`
	ViaRoot   bool     `cel:"via_root"`
}

// A View is a view or materialized view.
type View struct {
	Schema          string   `cel:"schema"`
	Name            string   `cel:"name"`
	Materialized    bool     `cel:"materialized"`
	SecurityInvoker bool     `cel:"security_invoker"`
	Owner           string   `cel:"owner"`
	Reads           []string `cel:"reads" doc:"schema.relation"`
	Exposed         bool     `cel:"exposed"`
	Grants          []Grant  `cel:"grants"`
}

// A Grant is one privilege that one role was given.
type Grant struct {
	Kind      string `cel:"kind" doc:"table, view, function or schema"`
	Object    string `cel:"object" doc:"schema.name; of a function, with its types"`
	Column    string `cel:"column" doc:"\"\" for the whole object"`
	Role      string `cel:"role"      doc:"public for everyone; the owner has its own privileges here too"`
	Privilege string `cel:"privilege"`
	Grantable bool   `cel:"grantable" doc:"with grant option"`
}
