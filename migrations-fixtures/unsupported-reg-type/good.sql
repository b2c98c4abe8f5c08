-- These survive an upgrade, and a cast in a query keeps nothing.
create table public.audit (id bigint primary key, relation regclass, who regrole, kind regtype, language text);
create function public.search(d public.audit, q text) returns boolean language sql stable set search_path = ''
  as $$ select to_tsvector(d.language::regconfig, d.kind::text) @@ plainto_tsquery(d.language::regconfig, q) $$;
create table public.documents (id bigint primary key, language regconfig);
alter table public.documents alter column language type text using language::text;
alter table public.audit enable row level security;
alter table public.documents enable row level security;
revoke all on public.audit, public.documents from anon, authenticated;
