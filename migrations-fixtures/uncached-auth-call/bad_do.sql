create table public.notes (id bigint primary key, user_id uuid);
alter table public.notes enable row level security;
do $$
begin
  execute $policy$create policy mine on public.notes for insert to authenticated -- want policy public.notes/mine
    with check (user_id::text = current_setting('request.jwt.claim.sub', true))$policy$;
end
$$;
