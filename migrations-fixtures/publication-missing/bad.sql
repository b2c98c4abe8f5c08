-- Dropped to start afresh, and never created again.
drop publication supabase_realtime; -- want publication supabase_realtime
