create table public.tickets (id uuid primary key, title text);
create table public.notes (id uuid primary key, title text);
do $$
begin
  if not exists (select 1 from pg_publication_tables where pubname = 'supabase_realtime' and schemaname = 'public' and tablename = 'tickets') then
    alter publication supabase_realtime add table public.tickets;
  end if;
  if not exists (select 1 from pg_publication_tables where pubname = 'supabase_realtime' and schemaname = 'public' and tablename = 'tickets') then
    alter publication supabase_realtime add table public.tickets;
  end if;
end $$;
do $$ begin
  create type public.status as enum ('a','b');
exception when duplicate_object then null;
end $$;
do $$ begin
  create type public.status as enum ('a','b');
exception when duplicate_object then null;
end $$;
do $$ begin
  create type public.status as enum ('a','b');
end $$;
do $$
declare t text;
begin
  foreach t in array array['tickets','notes'] loop
    execute format('alter table public.%I enable row level security', t);
    execute 'create policy "read ' || t || '" on public.' || quote_ident(t) || ' for select using (true)';
  end loop;
end $$;
do $$
declare r record;
begin
  for r in select tablename from pg_tables where schemaname = 'public' loop
    execute format('alter table public.%I replica identity full', r.tablename);
  end loop;
end $$;
do $$
begin
  if exists (select 1 from public.tickets where title = 'x') then
    alter table public.tickets disable row level security;
  end if;
end $$;
create function public.publish(t text) returns void language plpgsql as $$
begin
  execute format('alter publication supabase_realtime add table public.%I', t);
end $$;
select public.publish('notes');
do $$ begin perform public.publish('notes'); exception when others then raise notice '%', sqlerrm; end $$;
do $$ begin
  alter table public.nope enable row level security;
  alter table public.nope force row level security;
end $$;
