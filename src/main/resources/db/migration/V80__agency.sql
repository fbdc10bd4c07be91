-- Cases that are with a collection agency or lawyer: what was handed over, what was told to the agency and what it reported.

create sequence agency_file_number start 100001;

create table agency_file (
    id                  bigint generated always as identity primary key,
    reference           text        not null unique,
    case_id             bigint      not null references dunning_case,
    agency              text        not null check (agency <> ''),
    agency_name         text        not null,
    state               text        not null check (state in ('PREPARED', 'HANDED_OVER', 'RECALLED', 'CLOSED', 'CANCELLED')),
    outcome             text        check (outcome in ('COLLECTED', 'IRRECOVERABLE', 'RETURNED')),
    prepared_at         timestamptz not null,
    prepared_by         text,
    note                text,
    handed_over_at      timestamptz,
    ended_at            timestamptz,
    process_instance_id text,
    check ((state = 'CLOSED') = (outcome is not null)),
    check (state <> 'HANDED_OVER' or handed_over_at is not null),
    check ((state in ('PREPARED', 'HANDED_OVER')) = (ended_at is null))
);
create index agency_file_case on agency_file (case_id);
create unique index agency_file_active on agency_file (case_id) where state in ('PREPARED', 'HANDED_OVER');
comment on table agency_file is 'A case at an agency. A case that comes back and goes out again has another file.';
comment on column agency_file.state is 'PREPARED: confirmed, not yet delivered. RECALLED: we took it back. CLOSED: the agency has ended it. CANCELLED: it never went out.';
comment on column agency_file.process_instance_id is 'The step that waits for what the agency reports.';

create table agency_file_invoice (
    file_id      bigint         not null references agency_file on delete cascade,
    invoice_id   bigint         not null references invoice,
    open         numeric(19, 4) not null,
    told         numeric(19, 4) not null,
    primary key (file_id, invoice_id)
);
create index agency_file_invoice_invoice on agency_file_invoice (invoice_id);
comment on column agency_file_invoice.open is 'What was open of it when the file was handed over: the claim.';
comment on column agency_file_invoice.told is 'What the agency was told last to be open.';

create table agency_report (
    id             bigint generated always as identity primary key,
    file_id        bigint         not null references agency_file on delete cascade,
    number         text           check (number <> ''),
    kind           text           not null check (kind in ('PAID_DIRECTLY', 'MORE_INFORMATION', 'COLLECTED', 'IRRECOVERABLE', 'RETURNED')),
    amount         numeric(19, 4) check (amount > 0),
    paid_on        date,
    said           text,
    reported_at    timestamptz    not null,
    reported_by    text,
    told_case_at   timestamptz,
    dealt_with_at  timestamptz,
    dealt_with_by  text,
    result         text,
    unique (file_id, number)
);
create index agency_report_untold on agency_report (id) where told_case_at is null;
comment on column agency_report.number is 'The agency''s own number of the report: what makes it count once. None where a person of ours recorded it.';
comment on column agency_report.told_case_at is 'When the process of the case heard of it.';
comment on column agency_report.result is 'What a person of ours found or answered.';

create table agency_message (
    id               bigint generated always as identity primary key,
    file_id          bigint      not null references agency_file on delete cascade,
    kind             text        not null check (kind in ('HAND_OVER', 'PAYMENT', 'ANSWER', 'RECALL')),
    state            text        not null check (state in ('WAITING', 'SENDING', 'SENT', 'FAILED', 'UNKNOWN', 'CANCELLED')),
    said             text,
    report_id        bigint      references agency_report,
    wanted_at        timestamptz not null,
    claimed_at       timestamptz,
    claimed_by       text,
    sent_at          timestamptz,
    recipient        text,
    subject          text,
    body             text,
    attachment_name  text,
    attachment       bytea,
    message_id       text,
    detail           text,
    resolved_at      timestamptz,
    resolved_by      text,
    note             text,
    check (state <> 'SENT' or sent_at is not null),
    check (state <> 'SENDING' or claimed_by is not null)
);
create index agency_message_file on agency_message (file_id);
create unique index agency_message_one_payment on agency_message (file_id)
    where kind = 'PAYMENT' and state in ('WAITING', 'SENDING', 'FAILED', 'UNKNOWN');
create unique index agency_message_one_recall on agency_message (file_id) where kind = 'RECALL';
comment on table agency_message is 'Everything that was said to agencies, as it was sent; the attachment of a hand-over is the dossier.';
comment on column agency_message.said is 'What a person of ours wrote for the agency, or why a file is recalled.';
comment on column agency_message.report_id is 'Of an answer: the report that asked.';
comment on column agency_message.state is 'As in the contact log: a message goes out at most once, and one of unknown result never again by itself.';
