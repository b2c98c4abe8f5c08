create table public.profiles ( -- want table public.profiles
  id uuid primary key,
  phone text references auth.users (phone)
);
