create function public.announce(what text) returns void language plpgsql security definer set search_path = '' as $$ -- want function public.announce(text)
begin
  perform realtime.send(jsonb_build_object('text', what), 'news', 'announcements', true);
end
$$;
create policy "everyone listens" on realtime.messages for select to authenticated using (true);
drop policy "everyone listens" on realtime.messages;
-- Who sends is not who listens.
create policy "staff sends" on realtime.messages for insert to authenticated with check (extension = 'broadcast');
