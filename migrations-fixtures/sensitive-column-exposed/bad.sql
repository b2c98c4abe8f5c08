create table public.members ( -- want table public.members
  id bigint primary key,
  password_hash text,
  "dateOfBirth" date
);
create table public.cards (id bigint primary key, "cardNumber" text); -- want table public.cards
alter table public.cards enable row level security;
create policy "cards are read by everyone" on public.cards for select to authenticated using (true);
