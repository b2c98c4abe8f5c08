-- want(live) extension hstore: only a server knows which version it has
create extension hstore with schema extensions version '1.7';
