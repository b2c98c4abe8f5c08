-- The server's own role, one that the API cannot become, and one that lost it.
create role authenticator login noinherit;
create role service_role nologin bypassrls;
grant service_role to authenticator;
create role backup login bypassrls;
create role reporting nologin bypassrls;
grant reporting to authenticator;
alter role reporting nobypassrls;
