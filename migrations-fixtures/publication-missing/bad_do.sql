do $$
begin
  if exists (select 1 from pg_publication where pubname = 'supabase_realtime') then
    drop publication supabase_realtime; -- want publication supabase_realtime
  end if;
end
$$;
