create table public.tickets (id bigint primary key, client_id uuid, org_id uuid);
alter table public.tickets enable row level security;
create function public.claim(name text) returns text language sql stable
as $$ select auth.jwt() ->> name $$;
create policy agents on public.tickets for select to authenticated using ((select public.claim('user_role')) = 'agent'); -- want policy public.tickets/agents

create or replace function public.claim(name text) returns text language sql stable
as $$ select current_setting('request.jwt.claims', true)::jsonb ->> name $$;
