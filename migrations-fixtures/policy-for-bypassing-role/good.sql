create table public.notes (id bigint primary key, owner_id uuid not null);
create index on public.notes (owner_id);
alter table public.notes enable row level security;
revoke all on public.notes from anon, authenticated;
grant select on public.notes to authenticated;
-- Auth's own role does not bypass, nor does a role beside the server's.
create policy "read by auth" on public.notes for select to supabase_auth_admin using (true);
create policy "own, and the server's" on public.notes for select to authenticated, service_role using (owner_id = (select auth.uid()));
