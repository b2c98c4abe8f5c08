create table public.notes (id bigint primary key);
alter table public.notes enable row level security;
do $$
begin
  execute 'create policy open on public.notes for all to authenticated'; -- want policy public.notes/open
end
$$;
