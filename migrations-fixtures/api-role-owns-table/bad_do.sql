create table public.notes (id bigint primary key, owner_id uuid);
do $$
begin
  execute 'create role app_owner nologin';
  execute 'grant app_owner to postgres, authenticated';
  execute 'grant create on schema public to app_owner';
  execute 'alter table public.notes enable row level security';
  execute 'alter table public.notes owner to app_owner'; -- want table public.notes
end
$$;
