create table public.notes (id bigint primary key, slug text not null);
create unique index notes_by_slug on public.notes (slug);
alter publication supabase_realtime add table public.notes;
alter table public.notes replica identity using index notes_by_slug;

-- The index goes, and the identity with it.
drop index public.notes_by_slug; -- want table public.notes
