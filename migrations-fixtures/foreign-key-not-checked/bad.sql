create table public.tickets (id bigint primary key, client_id uuid not null);
alter table public.tickets enable row level security;
create policy "own" on public.tickets for select to authenticated using (client_id = (select auth.uid()));
create table public.comments ( -- want table public.comments
  id bigint primary key,
  author_id uuid not null,
  ticket_id bigint not null references public.tickets (id)
);
alter table public.comments enable row level security;
create policy "comments are added by their author" on public.comments
  for insert to authenticated with check (author_id = (select auth.uid()));
