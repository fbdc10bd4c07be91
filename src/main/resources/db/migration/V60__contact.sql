create table contact (
    id             bigint generated always as identity primary key,
    case_id        bigint      references dunning_case,
    customer_id    bigint      not null references customer,
    creditor_id    bigint      not null references creditor,
    occurrence     text        not null,
    rung           integer     not null,
    channel        text        not null check (channel in ('EMAIL', 'SMS', 'VOICE', 'CALL', 'LETTER', 'REGISTERED_LETTER', 'SALES', 'AGENCY')),
    attempt        integer     not null default 1 check (attempt >= 1),
    state          text        not null check (state in ('SENDING', 'SENT', 'FAILED', 'UNKNOWN', 'UNRESOLVED', 'CANCELLED')),
    template       text,
    language       text        not null,
    recipient      text,
    subject        text,
    body_text      text,
    body_html      text,
    total          numeric(19, 4),
    currency       char(3),
    message_id     text,
    claimed_at     timestamptz not null,
    claimed_by     text        not null,
    sent_at        timestamptz,
    sent_by        text,
    detail         text,
    resolved_at    timestamptz,
    resolved_by    text,
    note           text,
    unique (occurrence, channel, attempt),
    check (state <> 'SENT' or sent_at is not null)
);
create index contact_customer on contact (customer_id, sent_at);
create index contact_case on contact (case_id);
create index contact_open on contact (state) where state in ('SENDING', 'UNKNOWN');
create index contact_recent on contact (sent_at desc);
comment on column contact.occurrence is 'The one passing of a rung by a case: ladder instance and activity. With channel and attempt it is what makes a contact happen once.';
comment on column contact.state is 'SENDING: in the hands of a worker. UNKNOWN: nobody can tell whether it went out, a person finds out. UNRESOLVED: the same, but its case has ended, so nobody has to. FAILED and CANCELLED: certainly not sent.';
comment on column contact.claimed_by is 'The claim of one worker for one batch: only its holder may send.';
comment on column contact.resolved_by is 'Login of the person who found out what became of a contact of unknown result.';
comment on column contact.sent_by is 'Login of the person who took responsibility for sending again after an unknown result.';

create table contact_invoice (
    contact_id   bigint         not null references contact on delete cascade,
    invoice_id   bigint         not null references invoice,
    open         numeric(19, 4) not null,
    primary key (contact_id, invoice_id)
);
