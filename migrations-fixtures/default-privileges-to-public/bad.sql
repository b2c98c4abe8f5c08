alter default privileges in schema public grant select on tables to public; -- want default privileges public/postgres/table
