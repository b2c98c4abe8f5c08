create role app_owner nologin;
grant app_owner to postgres, authenticated;
grant create on schema public to app_owner;
create table public.notes (id bigint primary key, owner_id uuid);
alter table public.notes enable row level security;
alter table public.notes owner to app_owner; -- want table public.notes
