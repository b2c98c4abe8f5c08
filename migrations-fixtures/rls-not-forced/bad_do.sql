do $$
begin
  execute 'create role app_owner login';
  execute 'create table public.notes (id bigint primary key, tenant text)';
  execute 'alter table public.notes owner to app_owner';
  execute 'alter table public.notes enable row level security'; -- want table public.notes
  execute 'create policy "own" on public.notes using (tenant = current_setting(''app.tenant'', true))';
end
$$;
