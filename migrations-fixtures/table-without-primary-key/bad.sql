create table public.visits (path text, seen_at timestamptz); -- want table public.visits
create table public.readings (sensor text unique, value numeric); -- want table public.readings
