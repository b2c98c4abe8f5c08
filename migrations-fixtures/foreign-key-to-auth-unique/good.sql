create table public.profiles (id uuid primary key references auth.users (id) on delete cascade, phone text);
create table public.devices (id bigint primary key, session_owner uuid references auth.users);
create table public.contacts (phone text unique);
alter table public.profiles add foreign key (phone) references public.contacts (phone);
alter table public.profiles enable row level security;
alter table public.devices enable row level security;
alter table public.contacts enable row level security;
revoke all on public.profiles, public.devices, public.contacts from anon, authenticated;
