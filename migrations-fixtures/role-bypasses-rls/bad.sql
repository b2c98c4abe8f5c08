create role authenticator login noinherit;
create role reporting nologin bypassrls; -- want role reporting
grant reporting to authenticator;
