create publication supabase_realtime;
alter publication supabase_realtime add tables in schema public; -- want publication supabase_realtime
