create schema app;
alter default privileges in schema app grant usage on sequences to authenticated;
alter default privileges in schema app grant usage on sequences to public; -- want default privileges app/postgres/sequence
