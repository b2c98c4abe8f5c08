create schema pgmq;
create table pgmq.q_jobs (msg_id bigint primary key, message jsonb); -- want table pgmq.q_jobs
create table pgmq.a_jobs (msg_id bigint primary key, message jsonb);
