create table public.members (id bigint primary key, email text not null unique);
do $$
begin
  execute 'create policy own on public.members to authenticated using ((select auth.email()) = upper(email))'; -- want policy public.members/own
end
$$;
