create table public.notes (id bigint primary key, title text, secret text);

do $$ -- want table public.notes
begin
  alter publication supabase_realtime set table public.notes (id, title);
end
$$;
