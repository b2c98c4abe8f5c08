do $$
begin
  execute 'create role authenticator login noinherit bypassrls'; -- want role authenticator
end
$$;
