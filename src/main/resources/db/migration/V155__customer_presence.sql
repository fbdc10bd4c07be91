create table customer_presence (
    customer_id  bigint      not null references customer on delete cascade,
    login        text        not null,
    since        timestamptz not null,
    seen_at      timestamptz not null,
    primary key (customer_id, login)
);
create index customer_presence_seen on customer_presence (seen_at);
comment on table customer_presence is 'Who has a customer open on their screen, so that colleagues see it. Counts for a minute or two after seen_at, and goes after a day.';
comment on column customer_presence.since is 'When they opened it, without a break since.';
