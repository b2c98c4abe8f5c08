create table public.visits (id bigint primary key, path text); -- want table public.visits
alter table public.visits drop constraint visits_pkey;
