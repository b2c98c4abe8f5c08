create type public.standing as enum ('free', 'pro');
create table public.players (id uuid primary key, standing public.standing, variant int, first_name text not null);
create table public.player_customers (player uuid primary key, customer int);
insert into public.players values ('00000000-0000-0000-0000-0000000000a1', 'pro', 3, 'A'), ('00000000-0000-0000-0000-0000000000a2', null, null, 'B');
insert into public.player_customers values ('00000000-0000-0000-0000-0000000000a1', 77);
grant select on public.players, public.player_customers to supabase_auth_admin;
create function public.custom_access_token_hook(event jsonb) returns jsonb language plpgsql immutable as $$
  declare
    claims jsonb;
    s public.standing;
    v int;
    n text;
    c int;
  begin
    select standing, variant, first_name, customer into s, v, n, c
    from public.players p left join public.player_customers pc on pc.player = p.id where p.id = (event->>'user_id')::uuid;
    claims := event->'claims';
    if s is not null then
      claims := jsonb_set(claims, '{standing}', to_jsonb(s));
    else
      claims := jsonb_set(claims, '{standing}', 'null');
    end if;
    if v is not null then
      claims := jsonb_set(claims, '{variant}', to_jsonb(v));
    else
      claims := jsonb_set(claims, '{variant}', 'null');
    end if;
    claims := jsonb_set(claims, '{name}', coalesce(to_jsonb(n), 'null'));
    if c is not null then
      claims := jsonb_set(claims, '{customer}', to_jsonb(c));
    end if;
    event := jsonb_set(event, '{claims}', claims);
    return event;
  end;
$$;
