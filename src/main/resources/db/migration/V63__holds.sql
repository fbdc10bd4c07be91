-- Why a customer may not be chased for some invoices, or for all, until when, and what came of it. The truth about it: the
-- processes of the holds wait for dates and people, the frames of the cases follow this table.

create sequence hold_number start 100001;

create table hold (
    id                  bigint generated always as identity primary key,
    number              text        not null unique,
    kind                text        not null check (kind in ('DISPUTE', 'PROMISE', 'PLAN', 'BLOCK', 'INSOLVENCY')),
    customer_id         bigint      not null references customer,
    creditor_id         bigint      not null references creditor,
    covers_all          boolean     not null default false,
    reason              text        not null check (reason <> ''),
    note                text,
    currency            char(3),
    amount              numeric(19, 4) check (amount > 0),
    starts_on           date        not null,
    ends_on             date,
    state               text        not null check (state in ('ACTIVE', 'ENDED')),
    outcome             text        check (outcome in ('KEPT', 'BROKEN', 'CREDITED', 'CORRECTED', 'REJECTED', 'OVER', 'SETTLED',
                                                       'WITHDRAWN', 'WRITTEN_OFF')),
    raised_at           timestamptz not null,
    raised_by           text,
    expected            text        check (expected in ('CREDIT', 'CORRECTION')),
    expected_by         date,
    ended_at            timestamptz,
    ended_by            text,
    end_note            text,
    process_instance_id text        unique,
    check (kind not in ('PROMISE', 'PLAN') or (currency is not null and amount is not null and ends_on is not null)),
    check (kind <> 'BLOCK' or ends_on is not null),
    check (ends_on >= starts_on),
    check ((state = 'ENDED') = (ended_at is not null)),
    check ((state = 'ENDED') = (outcome is not null))
);
create index hold_active on hold (customer_id) where state = 'ACTIVE';
create index hold_customer on hold (customer_id, raised_at);
comment on table hold is 'A dated reason why invoices may not be chased: dispute, promise, payment plan, block, insolvency.';
comment on column hold.covers_all is 'Everything the customer owes to any creditor, also what is invoiced later; else the invoices of hold_invoice.';
comment on column hold.reason is 'Key of a dispute''s reason, or in words why it was blocked.';
comment on column hold.ends_on is 'Last day of the hold, days of grace not counted. None where a person decides when it is over.';
comment on column hold.expected is 'Of a dispute in which the customer was right: what bookkeeping has to book until expected_by.';
comment on column hold.creditor_id is 'Whose working days count.';

create table hold_invoice (
    hold_id      bigint         not null references hold on delete cascade,
    invoice_id   bigint         not null references invoice,
    open         numeric(19, 4) not null,
    primary key (hold_id, invoice_id)
);
create index hold_invoice_invoice on hold_invoice (invoice_id);
comment on column hold_invoice.open is 'What was open of it when the hold began: what a promise or plan is judged by.';

create table hold_instalment (
    hold_id      bigint         not null references hold on delete cascade,
    position     integer        not null check (position >= 1),
    due_on       date           not null,
    amount       numeric(19, 4) not null check (amount > 0),
    primary key (hold_id, position)
);

create view held_invoice as
    select i.invoice_id, h.id as hold_id from hold h join hold_invoice i on i.hold_id = h.id
    where h.state = 'ACTIVE' and not h.covers_all
    union all
    select i.id, h.id from hold h join invoice i on i.customer_id = h.customer_id
    where h.state = 'ACTIVE' and h.covers_all;
comment on view held_invoice is 'Invoices that may not be chased now, and because of what.';

alter table dunning_case
    add column held_since timestamptz,
    add column speak_from date,
    add column handed_over_on date,
    add column ladder_since timestamptz,
    add column wanted_ladder text,
    add column wanted_since date,
    drop column postponed_until,
    drop column postponed_reason;
comment on column dunning_case.held_since is 'Since when the case stands still because nothing in it may be chased.';
comment on column dunning_case.speak_from is 'After a hold nobody is spoken to before this day.';
comment on column dunning_case.handed_over_on is 'The case is with a collection agency since this day.';
comment on column dunning_case.ladder_since is 'When the case entered its ladder.';
comment on column dunning_case.wanted_ladder is 'The ladder that the customer''s present segment asks for, where it is another one than they are on.';
comment on column dunning_case.wanted_since is 'Since when it has been that one on every run.';

-- When a case changed its ladder, from what, why.
create table ladder_change (
    id           bigint generated always as identity primary key,
    case_id      bigint      not null references dunning_case,
    changed_at   timestamptz not null,
    from_ladder  text,
    to_ladder    text        not null,
    from_segment text,
    to_segment   text,
    rung         integer     not null,
    reason       text        not null
);
create index ladder_change_case on ladder_change (case_id);
comment on table ladder_change is 'Every ladder a case was put on, the first one included.';
comment on column ladder_change.rung is 'Highest rung climbed by then; the new ladder is entered above it.';

alter table dunning_note drop constraint dunning_note_kind_check;
alter table dunning_note add check (kind in ('PROMISE', 'DISPUTE', 'PLAN', 'BLOCK', 'CALL', 'LETTER', 'REGISTERED_LETTER', 'SALES',
                                             'AGENCY', 'DECISION', 'INSOLVENCY'));
