create role authenticator login noinherit;
create role reporting nologin;
create role analysts nologin;
grant analysts to authenticator;
grant reporting to analysts;
alter role reporting bypassrls; -- want role reporting
