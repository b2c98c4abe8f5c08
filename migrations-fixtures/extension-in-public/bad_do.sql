do $$
begin
  if not exists (select from pg_extension where extname = 'hstore') then
    create extension hstore; -- want extension hstore
  end if;
end
$$;
