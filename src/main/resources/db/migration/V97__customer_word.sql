create table customer_word (
    id          bigint generated always as identity primary key,
    channel     text        not null check (channel in ('SMS', 'VOICE')),
    their_id    text        not null unique,
    number      text        not null,
    meaning     text        not null check (meaning in ('STOP', 'START', 'TEXT', 'CALL_BACK')),
    body        text        not null,
    contact_id  bigint      references contact on delete cascade,
    customer_id bigint      references customer on delete cascade,
    received_at timestamptz not null,
    answered_at timestamptz,
    answered_by text,
    outcome     text,
    note        text
);
create index customer_word_contact on customer_word (contact_id);
create index customer_word_customer on customer_word (customer_id);
comment on table customer_word is 'What customers said to us by phone without talking to a person: text messages, and keys pressed in a call.';
comment on column customer_word.their_id is 'Sid of the message or call at Twilio: what is delivered twice counts once.';
comment on column customer_word.contact_id is 'The contact they answer: the latest by this channel to their number, if there is one.';
