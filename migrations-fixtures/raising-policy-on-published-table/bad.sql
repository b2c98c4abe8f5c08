create schema private;
create function private.is_member(ticket bigint) returns boolean language sql stable security definer set search_path = '' as 'select true';
revoke execute on function private.is_member(bigint) from public, anon, authenticated;

create table public.tickets (id bigint primary key, title text);
alter table public.tickets enable row level security;
-- The role may not call the function.
create policy "tickets are read by members" on public.tickets -- want policy public.tickets/tickets are read by members
  for select to authenticated using (private.is_member(id));
alter publication supabase_realtime add table public.tickets;

create table public.notes (id bigint primary key, body text);
alter table public.notes enable row level security;
-- Nobody makes this setting in Realtime's session.
create policy "notes are read by tenant" on public.notes -- want policy public.notes/notes are read by tenant
  for select to authenticated using (body = current_setting('app.tenant'));
alter publication supabase_realtime add table public.notes;
