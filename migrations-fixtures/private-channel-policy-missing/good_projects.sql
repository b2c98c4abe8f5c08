-- Ordinary projects that send, and let somebody listen or mean a public channel.
create schema private;

-- Public by a named argument, by a cast and over several lines.
create function private.tell_all(what text) returns void language plpgsql security definer set search_path = '' as $$
begin
  perform realtime.send(
    payload => jsonb_build_object('text', what),
    event => 'news',
    topic => 'announcements',
    private => false
  );
  perform realtime.send(jsonb_build_object('f', private.label(what)), 'news', 'announcements', false);
end
$$;
create function private.label(what text) returns text language sql stable set search_path = '' as $$ select upper(what) $$;

-- From SQL, as the last statement without a semicolon.
create function private.tell(what text) returns void language sql security definer set search_path = '' as $$
  select realtime.send(jsonb_build_object('text', what), 'news', 'announcements', false)
$$;

-- The name in a text, and another function of that name.
create function private.explain() returns text language sql stable set search_path = '' as $$ select 'call realtime.send(payload, event, topic) yourself;' $$;
create function private.send(what text) returns void language plpgsql set search_path = '' as $$
begin
  perform private.tell(what);
end
$$;
