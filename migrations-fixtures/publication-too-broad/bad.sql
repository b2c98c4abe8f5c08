-- FOR ALL TABLES needs a superuser, whose dump a project may hold.
set session authorization supabase_admin;
drop publication supabase_realtime;
create publication supabase_realtime for all tables; -- want publication supabase_realtime
