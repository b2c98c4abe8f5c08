create table public.documents (id bigint primary key, body text, language regconfig not null); -- want table public.documents
create table public.jobs (id bigint primary key, handlers regprocedure[]); -- want table public.jobs
