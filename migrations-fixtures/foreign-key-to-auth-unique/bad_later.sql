create table public.profiles (id uuid primary key, phone text);
alter table public.profiles add constraint profiles_phone_fkey foreign key (phone) references auth.users (phone) on update cascade; -- want table public.profiles
