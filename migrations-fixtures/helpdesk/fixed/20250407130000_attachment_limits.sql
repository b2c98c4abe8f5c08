alter table public.attachments
  add constraint attachments_size_limit check (size_bytes between 1 and 26214400);
