create table public.documents (id bigint primary key, path text);
alter table public.documents enable row level security;
create policy "documents of the company" on public.documents -- want policy public.documents/documents of the company
  for select to authenticated using ((select auth.email()) like '%example.com');
create policy "own folder" on public.documents for select to authenticated using (path like (select auth.email()) || '/%'); -- want policy public.documents/own folder
