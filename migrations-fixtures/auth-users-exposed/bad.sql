create view public.user_list as select id, email from auth.users; -- want view public.user_list

create schema internal;
create view internal.people as select id, raw_user_meta_data ->> 'name' as name from auth.users;
create view public.people as select * from internal.people; -- want view public.people
