create table public.profiles (id uuid primary key references auth.users (id) on delete cascade, role text);
create table public.notes (id bigint primary key, owner_id uuid);
alter table public.notes enable row level security;
create policy "admins read everything" on public.notes -- want policy public.notes/admins read everything
  for select to authenticated using (exists (select 1 from public.profiles where role = 'admin'));
create policy "admins delete" on public.notes for delete to authenticated using ('admin' in (select role from public.profiles)); -- want policy public.notes/admins delete
