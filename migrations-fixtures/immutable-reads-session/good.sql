create schema internal;
create function internal.org() returns text language sql stable set search_path = '' as $$ select auth.jwt() ->> 'org_id' $$;
create function internal.slug(t text) returns text language sql immutable set search_path = '' as $$ select lower(replace(t, ' ', '-')) $$;
create function internal.initials(name text) returns text language plpgsql immutable set search_path = '' as $$
declare
  part text;
  out text := '';
begin
  foreach part in array string_to_array(name, ' ') loop
    out := out || left(part, 1);
  end loop;
  return out;
end
$$;
create function internal.is_auth_email(t text) returns boolean language sql immutable set search_path = '' as $$ select t like '%@auth.example.com' $$;
