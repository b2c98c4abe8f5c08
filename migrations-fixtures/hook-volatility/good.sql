-- A volatile function may write; an immutable one that reads nothing keeps its promise.
create table public.sign_ins (id bigint generated always as identity primary key, user_id uuid not null, at timestamptz not null default now());
alter table public.sign_ins enable row level security;
revoke all on public.sign_ins from anon, authenticated;
grant insert on public.sign_ins to supabase_auth_admin;
create policy "sign-ins are written by the hook" on public.sign_ins for insert to supabase_auth_admin with check (true);
create schema private;
grant usage on schema private to supabase_auth_admin;
create function private.label(claims jsonb, name text, v jsonb) returns jsonb
language plpgsql immutable set search_path = ''
as $$
begin
  return claims || jsonb_build_object(name, v);
end
$$;
create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql set search_path = ''
as $$
begin
  insert into public.sign_ins (user_id) values ((event->>'user_id')::uuid);
  return jsonb_set(event, '{claims}', private.label(event->'claims', 'seen', 'true'));
end
$$;
grant usage on schema public to supabase_auth_admin;
grant execute on function public.custom_access_token_hook(jsonb) to supabase_auth_admin;
revoke execute on function public.custom_access_token_hook(jsonb) from authenticated, anon, public;
