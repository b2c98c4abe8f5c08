create table public.notes (id bigint primary key, body text);
alter table public.notes enable row level security;
create policy "notes" on public.notes for delete to authenticated using (id > 0);
create table public.counters (id bigint primary key, n bigint);

create function public.count_notes() returns trigger language plpgsql security definer set search_path = public as $$ -- want function public.count_notes()
begin
  if tg_op = 'DELETE' then
    update counters set n = n - 1;
  end if;
  return old;
end
$$;
create trigger count_notes before delete on public.notes for each row execute function public.count_notes();

alter table public.counters enable row level security;
