do $$
begin
  if to_regclass('public.visits') is null then
    create table public.visits (path text); -- want table public.visits
  end if;
end
$$;
