-- The key comes later, in three ways.
create table public.notes (id bigint not null, owner_id uuid not null);
alter table public.notes add constraint notes_pkey primary key (id);
create table public.tags (id bigint not null, owner_id uuid not null);
create unique index tags_key on public.tags (id);
alter table public.tags add primary key using index tags_key;
create table public.links (note_id bigint, tag_id bigint, owner_id uuid not null, primary key (note_id, tag_id));
create index notes_owner_id_idx on public.notes (owner_id);
create index tags_owner_id_idx on public.tags (owner_id);
create index links_owner_id_idx on public.links (owner_id);
do $$
declare
  t regclass;
begin
  foreach t in array array['public.notes', 'public.tags', 'public.links']::regclass[] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s replica identity full', t);
    execute format('revoke all on %s from anon, authenticated', t);
    execute format('grant select on %s to authenticated', t);
    execute format('create policy owned on %s for select to authenticated using (owner_id = (select auth.uid()))', t);
    execute format('alter publication supabase_realtime add table %s', t);
  end loop;
end
$$;

-- Not published, so nobody minds.
create table public.imports (line text);
alter table public.imports enable row level security;
revoke all on public.imports from anon, authenticated;
