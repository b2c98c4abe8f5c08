-- want subject agent
-- want subject clerk
create role agent noinherit;
grant usage on schema public to agent;
