do $$
begin
  execute 'create materialized view public.days as select generate_series(1, 31) as day'; -- want materialized view public.days
end
$$;
