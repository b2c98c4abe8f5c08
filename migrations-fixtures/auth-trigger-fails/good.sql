create schema internal;
create table public.profiles (id uuid primary key references auth.users (id) on delete cascade, name text);
create table public.log (id uuid not null, at timestamptz not null default clock_timestamp(), primary key (id, at));
alter table public.profiles enable row level security;
alter table public.log enable row level security;
revoke all on public.profiles, public.log from anon, authenticated;
grant select on public.profiles to authenticated;
create policy "own" on public.profiles for select to authenticated using (id = (select auth.uid()));
-- With its owner's rights, and names that are found.
create function internal.add_profile() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.profiles (id, name) values (new.id, new.raw_user_meta_data ->> 'name') on conflict (id) do nothing;
  return new;
end
$$;
create function internal.rename_profile() returns trigger language plpgsql security definer set search_path = public as $$
begin
  update profiles set name = new.raw_user_meta_data ->> 'name' where id = new.id;
  return new;
end
$$;
create trigger add_profile after insert on auth.users for each row execute function internal.add_profile();
create trigger rename_profile after update on auth.users for each row execute function internal.rename_profile();
-- Allowed, by privileges and a policy.
grant usage on schema internal to supabase_auth_admin;
grant insert on public.log to supabase_auth_admin;
create policy "Auth writes" on public.log for insert to supabase_auth_admin with check (true);
create function internal.note() returns trigger language plpgsql set search_path = '' as $$
begin
  insert into public.log (id) values (new.id);
  return new;
end
$$;
create trigger note after insert on auth.users for each row execute function internal.note();
-- An error that is caught, and one on a table that Auth does not write.
create function internal.try() returns trigger language plpgsql set search_path = '' as $$
begin
  delete from public.profiles where id = old.id;
  return old;
exception
  when others then
    return old;
end
$$;
create trigger try after delete on auth.users for each row execute function internal.try();
create function internal.touch() returns trigger language plpgsql set search_path = '' as $$
begin
  insert into public.log (id) values (new.id);
  return new;
end
$$;
create trigger touch after update on public.profiles for each row execute function internal.touch();
