create table letter_print (
    instance   text        primary key,
    form_text  text        not null,
    pdf        bytea       not null,
    printed_at timestamptz not null
);
alter table letter_print alter column pdf set storage external;
comment on table letter_print is 'Letters that somebody opened to print them by hand, by process instance, until they are recorded as posted.';

create table letter_receipt (
    contact_id      bigint      primary key references contact on delete cascade,
    tracking_number text        not null,
    outcome         text        check (outcome in ('RECEIVED', 'REFUSED', 'UNCLAIMED', 'UNKNOWN_ADDRESS', 'PRESUMED')),
    received_on     date,
    recorded_at     timestamptz,
    recorded_by     text,
    check ((outcome is null) = (received_on is null))
);
create index letter_receipt_tracking on letter_receipt (tracking_number);
comment on table letter_receipt is 'What the post says about registered letters. Nothing is known yet where there is no outcome.';
comment on column letter_receipt.received_on is 'The day from which periods count; for PRESUMED a day that nobody confirmed.';
