insert into storage.buckets (id, name, public)
select v.id, v.id, v.public
from (values ('avatars', true), ('invoices', false)) as v (id, public)
where not exists (select 1 from storage.buckets b where b.id = v.id);
create policy "avatars are listed" on storage.objects -- want policy storage.objects/avatars are listed
  for select to authenticated using (bucket_id = 'avatars');

do $$
begin
  if not exists (select 1 from storage.buckets where id = 'covers') then
    insert into storage.buckets (id, name, public) values ('covers', 'covers', true);
  end if;
end
$$;
create policy "covers are listed" on storage.objects -- want policy storage.objects/covers are listed
  for select to authenticated using (bucket_id = 'covers');
