create table public.documents (id bigint primary key, path text);
alter table public.documents enable row level security;
create policy "company" on public.documents to authenticated using ((select auth.email()) like '%@example.com');
alter policy "company" on public.documents using ((select auth.jwt() ->> 'email') ilike 'admin%'); -- want policy public.documents/company
