-- A public channel needs no policy, and a comment sends nothing.
create schema private;
create function private.announce(what text) returns void language plpgsql security definer set search_path = '' as $$
begin
  -- perform realtime.send(jsonb_build_object('text', what), 'news', 'announcements');
  perform realtime.send(jsonb_build_object('text', what), 'news', 'announcements', false);
end
$$;
