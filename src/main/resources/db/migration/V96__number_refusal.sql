create table number_refusal (
    number  text        not null,
    channel text        not null check (channel in ('SMS', 'VOICE')),
    reason  text        not null check (reason in ('OPTED_OUT', 'UNREACHABLE')),
    since   timestamptz not null,
    primary key (number, channel)
);
comment on table number_refusal is 'Phone numbers (E.164) that are not to be used for a channel. OPTED_OUT: the person said so, and only they take it back. UNREACHABLE: nothing arrives there.';
