create table address_correction (
    customer_id  bigint      primary key references customer on delete cascade,
    instead_of   text        not null,
    street       text        not null,
    postal_code  text,
    city         text        not null,
    corrected_at timestamptz not null,
    corrected_by text        not null
);
comment on table address_correction is 'What a person knows better than the source. Used as long as the source delivers what was wrong.';
comment on column address_correction.instead_of is 'Fingerprint of the address as the source delivered it.';

create table wrong_detail (
    id           bigint      generated always as identity primary key,
    customer_id  bigint      not null references customer on delete cascade,
    channel      text        not null check (channel in ('EMAIL', 'SMS', 'VOICE', 'CALL', 'LETTER', 'REGISTERED_LETTER')),
    address      text,
    reason       text        not null,
    contact_id   bigint      references contact,
    noticed_at   timestamptz not null,
    process_instance_id text,
    outcome      text        check (outcome in ('CORRECTED', 'RIGHT', 'UNREACHABLE')),
    settled_at   timestamptz,
    settled_by   text,
    check ((outcome is null) = (settled_at is null))
);
create unique index wrong_detail_open on wrong_detail (customer_id, channel) where outcome is null;
create index wrong_detail_customer on wrong_detail (customer_id);
comment on column wrong_detail.address is 'Where the customer was not reached; null when none was known.';
comment on column wrong_detail.outcome is 'CORRECTED: another one is known now. RIGHT: it was right after all. UNREACHABLE: no other one is known, and this one is not used.';

create table contact_bounce (
    contact_id  bigint      primary key references contact,
    noticed_at  timestamptz not null,
    for_good    boolean     not null,
    detail      text        not null,
    followed_at timestamptz
);
create index contact_bounce_to_follow on contact_bounce (noticed_at) where followed_at is null;
comment on table contact_bounce is 'Messages that came back after they had been sent.';
comment on column contact_bounce.for_good is 'Whether the address is wrong; otherwise only this message did not arrive.';
comment on column contact_bounce.followed_at is 'When the case was told.';

create table mailbox_position (
    mailbox  text   primary key,
    validity bigint not null,
    last_uid bigint not null
);
comment on table mailbox_position is 'How far a mailbox was read: UIDVALIDITY and the highest UID (RFC 9051).';
