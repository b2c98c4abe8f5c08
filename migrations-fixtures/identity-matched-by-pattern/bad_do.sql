create table public.documents (id bigint primary key, path text);
do $$
begin
  execute 'create policy company on public.documents to authenticated using (lower((select auth.email())) like ''%@example%'')'; -- want policy public.documents/company
end
$$;
