-- want subject clerk
do $$
begin
  if not exists (select 1 from pg_roles where rolname = 'agent') then
    create role agent noinherit;
  end if;
  grant agent to authenticator;
end
$$;
