insert into storage.buckets (id, name, public) values ('invoices', 'invoices', false);
-- It is there already, and stays private.
insert into storage.buckets (id, name, public)
select 'invoices', 'invoices', true where not exists (select 1 from storage.buckets where id = 'invoices');
create policy "invoices are read by their owner" on storage.objects
  for select to authenticated using (bucket_id = 'invoices' and (storage.foldername(name))[1] = (select auth.uid())::text);
