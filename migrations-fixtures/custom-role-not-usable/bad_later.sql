-- want subject agent
create role agent noinherit;
create role clerk noinherit;
grant agent, clerk to authenticator;
grant authenticated to agent, clerk;
revoke agent from authenticator;
