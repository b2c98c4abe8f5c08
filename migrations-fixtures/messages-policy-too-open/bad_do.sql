do $$
begin
  create policy "all" on realtime.messages for all to authenticated using (private) with check (private); -- want policy realtime.messages/all
end
$$;
