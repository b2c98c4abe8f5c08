do $$
begin
  if not exists (select from pg_publication where pubname = 'supabase_realtime') then
    create publication supabase_realtime for tables in schema public; -- want publication supabase_realtime
  end if;
end
$$;
