create table voice_call (
    contact_id bigint primary key references contact on delete cascade,
    their_id   text   not null,
    outcome    text
);
create table voice_turn (
    contact_id bigint      not null references voice_call on delete cascade,
    turn       integer     not null check (turn >= 0),
    step       text        not null,
    key        text,
    said       text        not null,
    twiml      text        not null,
    at         timestamptz not null,
    primary key (contact_id, turn)
);
comment on table voice_call is 'The conversation of an automated call that was answered.';
comment on column voice_turn.key is 'What the customer pressed before this was said; null for the first turn, empty for nothing.';
comment on column voice_turn.twiml is 'What Twilio was told to do: the same request delivered again gets the same answer.';
