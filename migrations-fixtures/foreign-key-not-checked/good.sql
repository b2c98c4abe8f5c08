create table public.tickets (id bigint primary key, client_id uuid not null);
create index on public.tickets (client_id);
create table public.labels (id bigint primary key);
create table public.comments (
  id bigint primary key, author_id uuid not null references auth.users (id), ticket_id bigint not null references public.tickets (id),
  label_id bigint references public.labels (id), parent_id bigint references public.comments (id)
);
create table public.votes (id bigint primary key, author_id uuid not null, ticket_id bigint not null references public.tickets (id));
create table public.logs (id bigint primary key, ticket_id bigint not null references public.tickets (id));
create table public.notes (id bigint primary key, author_id uuid not null, ticket_id bigint references public.tickets (id));
do $$
declare
  t text;
begin
  foreach t in array array['tickets', 'labels', 'comments', 'votes', 'logs', 'notes'] loop
    execute format('alter table public.%I enable row level security', t);
    execute format('revoke all on public.%I from anon, authenticated', t);
    execute format('grant select, insert on public.%I to authenticated', t);
  end loop;
end
$$;
create index on public.comments (author_id);
create index on public.comments (ticket_id);
create index on public.comments (label_id);
create index on public.comments (parent_id);
create index on public.votes (author_id);
create index on public.votes (ticket_id);
create index on public.logs (ticket_id);
create index on public.notes (author_id);
create index on public.notes (ticket_id);
create policy "own" on public.tickets for select to authenticated using (client_id = (select auth.uid()));
create policy "labels are public" on public.labels for select to authenticated using (true);
-- It is looked at; the parent is public; the table itself.
create policy "read" on public.comments for select to authenticated using (author_id = (select auth.uid()));
create policy "add" on public.comments for insert to authenticated with check (
  author_id = (select auth.uid()) and exists (select 1 from public.tickets t where t.id = comments.ticket_id));
-- A trigger may look at it.
create schema internal;
create function internal.check_ticket() returns trigger language plpgsql set search_path = '' as $$
begin
  if not exists (select 1 from public.tickets where id = new.ticket_id) then
    raise exception 'no such ticket';
  end if;
  return new;
end
$$;
create trigger check_ticket before insert on public.votes for each row execute function internal.check_ticket();
create policy "read" on public.votes for select to authenticated using (author_id = (select auth.uid()));
create policy "vote" on public.votes for insert to authenticated with check (author_id = (select auth.uid()));
-- Nobody inserts; the column is not granted.
create policy "read" on public.logs for select to authenticated using ((select auth.jwt() ->> 'user_role') = 'admin');
revoke insert on public.logs from authenticated;
revoke insert on public.notes from authenticated;
grant insert (id, author_id) on public.notes to authenticated;
create policy "read" on public.notes for select to authenticated using (author_id = (select auth.uid()));
create policy "note" on public.notes for insert to authenticated with check (author_id = (select auth.uid()));
-- Whoever is signed in sees every parent; and nobody is not signed in.
create table public.channels (id bigint primary key);
create table public.messages (id bigint primary key, user_id uuid not null, channel_id bigint not null references public.channels (id));
create index on public.messages (user_id);
create index on public.messages (channel_id);
alter table public.channels enable row level security;
alter table public.messages enable row level security;
revoke all on public.channels, public.messages from anon, authenticated;
grant select on public.channels to authenticated;
grant select, insert on public.messages to authenticated;
create policy "channels" on public.channels for select to authenticated using ((select auth.uid()) is not null);
create policy "messages" on public.messages for select to authenticated using (user_id = (select auth.uid()));
create policy "send" on public.messages for insert to authenticated with check (user_id = (select auth.uid()));
