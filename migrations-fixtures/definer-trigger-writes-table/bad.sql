create table public.notes (id bigint primary key, body text);
alter table public.notes enable row level security;
create policy "notes" on public.notes for insert to authenticated with check (id > 0);
create table public.audit_log (id bigint generated always as identity primary key, note_id bigint);
alter table public.audit_log enable row level security;

create function public.log_note() returns trigger language plpgsql security definer set search_path = '' as $$ -- want function public.log_note()
begin
  insert into public.audit_log (note_id) values (new.id);
  return new;
end
$$;
create trigger log_note after insert on public.notes for each row execute function public.log_note();
