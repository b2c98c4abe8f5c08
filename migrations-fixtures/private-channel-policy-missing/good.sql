create schema private;
create function private.announce(what text) returns void language plpgsql security definer set search_path = '' as $$
begin
  perform realtime.send(jsonb_build_object('text', what), 'news', 'announcements');
end
$$;
create policy "users listen to the news" on realtime.messages
  for select to authenticated using (extension = 'broadcast' and (select realtime.topic()) = 'announcements');
