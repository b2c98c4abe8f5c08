create table public.notes (id bigint primary key, draft boolean not null default true);
alter table public.notes enable row level security;
do $$
begin
  create policy "drafts are for everyone" on public.notes to anon, authenticated using (draft); -- want policy public.notes/drafts are for everyone
end
$$;
