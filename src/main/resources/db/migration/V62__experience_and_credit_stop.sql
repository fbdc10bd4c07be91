-- What was learnt about customers while following them up, and who gets no new orders on credit.

create table customer_experience (
    id              bigint generated always as identity primary key,
    customer_id     bigint         not null references customer on delete cascade,
    kind            text           not null check (kind ~ '^[A-Z]+(_[A-Z]+)*$'),
    happened_on     date           not null,
    reference       text           not null check (reference <> ''),
    creditor_id     bigint         references creditor,
    currency        char(3)        check (currency ~ '^[A-Z]{3}$'),
    amount          numeric(19, 4),
    unique (kind, reference),
    check ((amount is null) = (currency is null))
);
create index customer_experience_customer on customer_experience (customer_id, happened_on);
comment on table customer_experience is 'A promise kept or broken, a dispute raised …: each a fact for the profile.';
comment on column customer_experience.reference is 'What it is about, in the words of whoever handed it in: makes it count once per kind.';

-- Known rows get their figures with the next refresh.
alter table customer_profile
    add column overdue_invoices  integer not null default 0,
    add column promises_kept     integer not null default 0,
    add column promises_broken   integer not null default 0,
    add column plans_broken      integer not null default 0,
    add column disputes_raised   integer not null default 0,
    add column disputes_accepted integer not null default 0,
    add column disputes_rejected integer not null default 0,
    add column credit_checked_with uuid,
    add column credit_failure    text;
comment on column customer_profile.credit_checked_with is 'Stands for the versions of the decisions the credit policy was applied with; null when the facts changed since.';
comment on column customer_profile.credit_failure is 'Why the credit policy could not be applied to these facts the last time.';
create index customer_profile_credit_failure on customer_profile (customer_id) where credit_failure is not null;

create table credit_stop (
    id              bigint generated always as identity primary key,
    customer_id     bigint      not null references customer on delete cascade,
    origin          text        not null check (origin in ('POLICY', 'MANUAL')),
    reason          text        not null check (reason <> ''),
    text            text        not null check (text <> ''),
    lifted_when     text        not null,
    facts           jsonb       not null,
    since           date        not null,
    ends_on         date,
    until           date,
    lifted_because  text,
    set_by          text,
    note            text,
    lifted_by       text,
    check (until >= since),
    check (ends_on > since),
    check ((until is null) = (lifted_because is null)),
    check ((origin = 'MANUAL') = (set_by is not null)),
    check (origin = 'MANUAL' or ends_on is null)
);
create unique index credit_stop_in_force on credit_stop (customer_id, origin, reason) where until is null;
create index credit_stop_history on credit_stop (customer_id, since);
create index credit_stop_ends on credit_stop (ends_on) where until is null;
comment on table credit_stop is 'History of credit stops: no new orders on credit. A customer may be stopped for several reasons at once.';
comment on column credit_stop.reason is 'Key of the reason in the decision table creditPolicy; of a stop by hand always the same.';
comment on column credit_stop.facts is 'What was known of the customer when the stop began.';
comment on column credit_stop.ends_on is 'Of a stop by hand: first day on which it no longer holds, if that was said beforehand.';
comment on column credit_stop.until is 'First day on which it no longer held; null while in force.';
