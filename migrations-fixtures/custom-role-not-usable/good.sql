create role agent noinherit;
create role staff noinherit;
create role clerk noinherit;
grant agent to authenticator;
grant staff to authenticator; -- and clerk through staff
grant clerk to staff;
