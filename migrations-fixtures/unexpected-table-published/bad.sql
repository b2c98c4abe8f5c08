create table public.tickets (id bigint primary key);
create table public.audit_log (id bigint primary key);
alter publication supabase_realtime add table public.tickets;

alter publication supabase_realtime add table public.audit_log; -- want table public.audit_log
