create table public.sign_ins (user_id uuid not null, at timestamptz not null default now());
alter table public.sign_ins enable row level security;
create policy "own" on public.sign_ins for select to authenticated using (user_id = (select auth.uid()));
create function public.note_sign_in() returns trigger language plpgsql set search_path = '' as $$ -- want function public.note_sign_in()
begin
  insert into public.sign_ins (user_id) values (new.id);
  return new;
end
$$;
do $$
begin
  -- Auth may insert, and row level security still stands in the way.
  grant insert on public.sign_ins to supabase_auth_admin;
  create trigger note_sign_in after update on auth.users for each row execute function public.note_sign_in();
end
$$;
