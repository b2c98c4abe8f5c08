set session authorization supabase_admin;
alter publication supabase_realtime add tables in schema public; -- want publication supabase_realtime
