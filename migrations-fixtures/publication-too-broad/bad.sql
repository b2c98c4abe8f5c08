create publication supabase_realtime for all tables; -- want publication supabase_realtime
