do $$
begin
  update auth.users set role = 'admin', updated_at = now() where id = '00000000-0000-0000-0000-0000000000a1'; -- want(static) table auth.users: a database has no history
end
$$;
