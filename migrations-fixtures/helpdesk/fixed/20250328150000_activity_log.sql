-- The timeline writes itself.
create function private.log_ticket_change()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    insert into public.ticket_activities (ticket_id, actor_id, kind)
    values (new.id, new.client_id, 'opened');
  elsif new.status is distinct from old.status then
    insert into public.ticket_activities (ticket_id, actor_id, kind, detail)
    values (new.id, auth.uid(), 'status', jsonb_build_object('from', old.status, 'to', new.status));
  end if;
  return new;
end;
$$;

revoke execute on function private.log_ticket_change() from public;

create trigger tickets_log_change
  after insert or update on public.tickets
  for each row execute function private.log_ticket_change();
