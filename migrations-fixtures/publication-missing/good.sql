-- The recipe of the documentation: dropped and created again in one go.
begin;
drop publication if exists supabase_realtime;
create publication supabase_realtime;
commit;

-- A drop that is rolled back did not happen.
begin;
drop publication supabase_realtime;
rollback;
