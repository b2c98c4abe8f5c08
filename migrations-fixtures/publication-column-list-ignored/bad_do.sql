create table public.notes (id bigint primary key, title text, secret text);

do $$
begin
  alter publication supabase_realtime set table public.notes (id, title); -- want table public.notes
end
$$;
