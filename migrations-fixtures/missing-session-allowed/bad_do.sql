create table public.notes (id bigint primary key, owner_id uuid not null);
do $$
begin
  execute 'alter table public.notes enable row level security';
  execute 'create policy own on public.notes for delete using (owner_id = auth.uid() or nullif(current_setting(''request.jwt.claims'', true), '''') is null)'; -- want policy public.notes/own
end
$$;
