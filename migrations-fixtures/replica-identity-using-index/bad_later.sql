create table public.notes (id bigint primary key, slug text not null);
create unique index notes_by_slug on public.notes (slug);
alter table public.notes replica identity full;
alter publication supabase_realtime add table public.notes;

alter table public.notes replica identity using index notes_by_slug; -- want table public.notes
