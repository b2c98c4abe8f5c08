create table public.settings (id bigint primary key, value text);
do $$
begin
  execute 'create policy founder on public.settings to authenticated using ((select auth.uid())::text = ''00000000-0000-0000-0000-0000000000a1'')'; -- want policy public.settings/founder
end
$$;
