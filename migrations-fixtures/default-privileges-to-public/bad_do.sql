do $$
begin
  execute 'alter default privileges in schema public grant all on tables to public'; -- want default privileges public/postgres/table
end
$$;
