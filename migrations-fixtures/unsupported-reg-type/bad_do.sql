do $$
begin
  execute 'create table public.documents (id bigint primary key, language regconfig)'; -- want table public.documents
end
$$;
