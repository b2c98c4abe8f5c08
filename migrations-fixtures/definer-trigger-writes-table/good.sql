-- On a table that clients do not write, with the caller's rights, into the same
-- table, and into one whose policies let clients do it themselves.
create table public.profiles (id uuid primary key references auth.users (id) on delete cascade, name text);
alter table public.profiles enable row level security;
create table public.notes (id bigint primary key, owner_id uuid not null);
create index on public.notes (owner_id);
alter table public.notes enable row level security;
create table public.versions (id bigint generated always as identity primary key, owner_id uuid not null);
create index on public.versions (owner_id);
alter table public.versions enable row level security;
create table public.audit_log (id bigint generated always as identity primary key, note_id bigint);
alter table public.audit_log enable row level security;
revoke all on public.profiles, public.notes, public.versions, public.audit_log from anon, authenticated;
grant select, insert, update on public.notes to authenticated;
grant select, insert on public.versions to authenticated;
create policy "own profile" on public.profiles for select to authenticated using (id = (select auth.uid()));
create policy "own" on public.notes for all to authenticated using (owner_id = (select auth.uid()));
create policy "own read" on public.versions for select to authenticated using (owner_id = (select auth.uid()));
create policy "own add" on public.versions for insert to authenticated with check (owner_id = (select auth.uid()));

create schema internal;
create function internal.new_profile() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.profiles (id) values (new.id);
  return new;
end
$$;
create trigger new_profile after insert on auth.users for each row execute function internal.new_profile();
create function internal.keep_version() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.versions (owner_id) values (new.owner_id);
  update public.notes set owner_id = new.owner_id where id = new.id;
  return new;
end
$$;
create trigger keep_version after insert on public.notes for each row execute function internal.keep_version();
create function internal.log_note() returns trigger language plpgsql set search_path = '' as $$
begin
  insert into public.audit_log (note_id) values (new.id);
  return new;
end
$$;
create trigger log_note after insert on public.notes for each row execute function internal.log_note();

-- No policy lets a client insert there, so none sets the trigger off.
create function internal.new_version() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.audit_log (note_id) values (1);
  return new;
end
$$;
create trigger new_version after insert on public.profiles for each row execute function internal.new_version();
grant insert on public.profiles to authenticated;
