do $$
declare
  b text;
begin
  foreach b in array array['files', 'logos'] loop
    execute format('create policy %I on storage.objects for delete to authenticated using (bucket_id = %L)', 'delete ' || b, b); -- want policy storage.objects/delete files -- want policy storage.objects/delete logos
  end loop;
end
$$;
