create schema pgmq;
create table pgmq.q_jobs (msg_id bigint primary key, message jsonb);
alter table pgmq.q_jobs enable row level security;
