-- What is known of each customer as of a day, and what was concluded from it, with reasons.

create table customer_profile (
    customer_id            bigint         primary key references customer on delete cascade,
    kind                   text           not null,
    employees              integer,
    sector                 text,
    external_rating        integer,
    currency               char(3),
    months_of_history      integer,
    invoices_paid          integer        not null,
    share_late_percent     integer,
    mean_days_late         numeric(9, 1),
    weighted_days_late     numeric(9, 1),
    open_amount            numeric(19, 4) not null,
    overdue_amount         numeric(19, 4) not null,
    overdue_undisputed     numeric(19, 4) not null,
    oldest_overdue_days    integer        not null,
    mean_order_amount      numeric(19, 4),
    orders_per_month       numeric(9, 1)  not null,
    turnover_12_months     numeric(19, 4) not null,
    disputed_percent       integer        not null,
    credit_use_percent     integer,
    other_currencies       jsonb          not null,
    changed_on             date           not null,
    scored_with            text,
    score_failure          text
);
comment on table customer_profile is 'Facts computed from the ledger; formulas stand at org.dunlin.scoring.ProfileFacts and in docs/scoring.md.';
comment on column customer_profile.currency is 'The currency most of the customer''s invoices are in; every amount of the row is in it.';
comment on column customer_profile.changed_on is 'Day as of which these facts were first true. A refresh that finds them unchanged does not touch the row.';
comment on column customer_profile.scored_with is 'Versions of the decisions the score was concluded with; null when the facts changed since.';
comment on column customer_profile.score_failure is 'Why the last attempt to score these facts failed.';
create index customer_profile_score_failure on customer_profile (customer_id) where score_failure is not null;

create table customer_score (
    id              bigint generated always as identity primary key,
    customer_id     bigint      not null references customer on delete cascade,
    since           date        not null,
    until           date,
    score           integer     not null check (score between 0 and 100),
    segment         text        not null,
    cell            text        not null,
    behaviour       text        not null,
    size            text        not null,
    reasons         jsonb       not null,
    facts           jsonb       not null,
    check (until > since)
);
create unique index customer_score_current on customer_score (customer_id) where until is null;
create index customer_score_history on customer_score (customer_id, since);
comment on table customer_score is 'History of score and segment. Reasons are the decision rules that applied, facts what they looked at.';
comment on column customer_score.until is 'First day on which it no longer held; null for what holds now.';

-- Allocations taken back are few, and the only ones where the day of payment takes a closer look.
create index allocation_taken_back on allocation (invoice_id) where amount < 0;
