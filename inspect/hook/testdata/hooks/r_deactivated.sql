create table public.users (id uuid primary key, active boolean);
insert into public.users values ('00000000-0000-0000-0000-0000000000a1', true), ('00000000-0000-0000-0000-0000000000a2', false), ('00000000-0000-0000-0000-0000000000a3', null);
alter table public.users enable row level security;
grant select on public.users to supabase_auth_admin;
create policy auth_reads on public.users for select to supabase_auth_admin using (true);
create function public.custom_access_token_hook(event jsonb) returns jsonb language plpgsql stable as $$
declare
  works boolean;
begin
  select active into works from public.users where id = (event->>'user_id')::uuid;
  if works is false then
    raise exception 'This account is closed.';
  end if;
  return jsonb_build_object('claims', event->'claims');
end;
$$;
