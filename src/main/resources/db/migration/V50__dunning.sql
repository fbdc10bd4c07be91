create sequence dunning_case_number start 100001;

create table dunning_case (
    id                  bigint generated always as identity primary key,
    number              text        not null unique,
    creditor_id         bigint      not null references creditor,
    customer_id         bigint      not null references customer,
    currency            char(3)     not null,
    state               text        not null check (state in ('OPEN', 'CLOSED')),
    outcome             text        check (outcome in ('SETTLED', 'BELOW_MINIMUM', 'WRITTEN_OFF', 'AGENCY_CONCLUDED')),
    process_instance_id text        unique,
    opened_on           date        not null,
    closed_on           date,
    segment             text,
    ladder              text,
    ladder_reason       text,
    rung                integer     not null default 0,
    first_contact_on    date,
    last_contact_at     timestamptz,
    postponed_until     date,
    postponed_reason    text        check (postponed_reason in ('PROMISE', 'DISPUTE')),
    check ((state = 'CLOSED') = (closed_on is not null)),
    check ((state = 'CLOSED') = (outcome is not null))
);
create index dunning_case_customer on dunning_case (customer_id) where state = 'OPEN';
-- Until its first contact further invoices join a case, so there is one such case at most.
create unique index dunning_case_joinable on dunning_case (customer_id, creditor_id, currency)
    where state = 'OPEN' and first_contact_on is null;
comment on column dunning_case.rung is 'Highest rung climbed, 0 before the first contact; the scale is one for all ladders.';
comment on column dunning_case.last_contact_at is 'When the last contact really happened: the next wait counts from here.';
comment on column dunning_case.postponed_until is 'Until the end of this day the customer has a promise or dispute of record; the next rung waits for the day after.';

create table dunning_case_invoice (
    case_id      bigint not null references dunning_case,
    invoice_id   bigint not null references invoice,
    joined_on    date   not null,
    left_on      date,
    primary key (case_id, invoice_id)
);
create unique index dunning_case_invoice_once on dunning_case_invoice (invoice_id) where left_on is null;
comment on table dunning_case_invoice is 'An invoice is followed up by one case at a time.';

create table dunning_note (
    id           bigint generated always as identity primary key,
    case_id      bigint      not null references dunning_case,
    kind         text        not null check (kind in ('PROMISE', 'DISPUTE', 'CALL', 'LETTER', 'REGISTERED_LETTER', 'SALES', 'AGENCY', 'DECISION')),
    outcome      text        not null,
    noted_at     timestamptz not null,
    noted_by     text,
    due_on       date,
    amount       numeric(19, 4),
    currency     char(3),
    text         text
);
create index dunning_note_case on dunning_note (case_id);
comment on table dunning_note is 'What people recorded about a case: outcomes of calls, promises, disputes, decisions.';

create table dunning_candidate (
    customer_id  bigint primary key references customer on delete cascade
);
comment on table dunning_candidate is 'Customers with something to follow up that a daily run has found and not yet worked off.';
