create table public.users (id bigint primary key, email text);
create index users_email_idx on public.users (email);
do $$
begin
  execute 'create index users_mail on public.users (email)'; -- want table public.users
end
$$;
