create table public.profiles (id uuid primary key, phone text);
do $$
begin
  alter table public.profiles add foreign key (phone) references auth.users (phone); -- want table public.profiles
exception
  when duplicate_object then null;
end
$$;
