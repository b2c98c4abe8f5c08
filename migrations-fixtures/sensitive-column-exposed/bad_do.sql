create table public.integrations (id bigint primary key);
do $$
begin
  execute 'alter table public.integrations add column refresh_token text'; -- want table public.integrations
end
$$;
