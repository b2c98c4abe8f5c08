create schema private;
create function private.close_ticket(ticket bigint) returns void -- want function private.close_ticket(bigint)
language sql security definer
as $$ select $$;
