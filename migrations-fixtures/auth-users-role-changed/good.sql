insert into auth.users (instance_id, id, aud, role, email)
values ('00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-0000000000a1', 'authenticated', 'authenticated', 'a@help.example.com');
update auth.users set raw_app_meta_data = coalesce(raw_app_meta_data, '{}') || '{"user_role": "agent"}'
where email = 'a@help.example.com';

-- Another table's role.
create table public.staff (id uuid primary key, role text not null);
alter table public.staff enable row level security;
revoke all on public.staff from anon, authenticated;
insert into public.staff (id, role) values ('00000000-0000-0000-0000-0000000000a1', 'agent');
update public.staff set role = 'admin';
