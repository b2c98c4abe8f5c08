insert into auth.users (instance_id, id, aud, role, email) -- want(static) table auth.users: a database has no history
values ('00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-0000000000a1', 'authenticated', 'agent', 'a@help.example.com');
