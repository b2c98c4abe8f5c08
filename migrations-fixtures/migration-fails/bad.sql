create table public.notes (id bigint primary key);

-- An earlier file has it already, and this one does not say `if not exists`.
create table public.notes (id bigint primary key, title text); -- want table public.notes
