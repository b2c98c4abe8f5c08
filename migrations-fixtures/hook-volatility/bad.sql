create table public.sign_ins (id bigint generated always as identity primary key, user_id uuid not null, at timestamptz not null default now());
alter table public.sign_ins enable row level security;
revoke all on public.sign_ins from anon, authenticated;
grant insert on public.sign_ins to supabase_auth_admin;
create policy "sign-ins are written by the hook" on public.sign_ins for insert to supabase_auth_admin with check (true);
create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  insert into public.sign_ins (user_id) values ((event->>'user_id')::uuid); -- want function public.custom_access_token_hook(jsonb)
  return event;
end
$$;
