create table public.tickets (id bigint primary key);
create function public.tell() returns trigger language plpgsql security definer set search_path = '' as $$ -- want function public.tell()
begin
  perform realtime.broadcast_changes('ticket:' || new.id, tg_op, tg_op, tg_table_name, tg_table_schema, new, old);
  return null;
end
$$;
create trigger tell after insert or update on public.tickets for each row execute function public.tell();
