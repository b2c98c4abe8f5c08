create table public.notes (id bigint primary key);
alter table public.notes enable row level security;
create policy "notes are public" on public.notes for select using (true);
alter publication supabase_realtime add table public.notes; -- want table public.notes
do $$
declare
  r text;
begin
  foreach r in array array['anon', 'authenticated'] loop
    execute format('revoke all on all tables in schema public from %I', r);
  end loop;
end
$$;
