do $$ -- want publication supabase_realtime
begin
  if not exists (select from pg_publication where pubname = 'supabase_realtime') then
    create publication supabase_realtime for tables in schema public;
  end if;
end
$$;
