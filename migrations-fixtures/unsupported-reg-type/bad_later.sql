create table public.documents (id bigint primary key, body text);
alter table public.documents add column language regconfig; -- want table public.documents
