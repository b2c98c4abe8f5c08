do $$
begin
  create or replace view public.user_list as -- want view public.user_list
    select p.id, u.email from auth.users u join (select id from auth.identities) p on p.id = u.id;
end
$$;
