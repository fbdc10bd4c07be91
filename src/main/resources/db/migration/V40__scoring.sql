-- What is known of each customer as of a day, and what was concluded from it, with reasons.

create table customer_profile (
    customer_id            bigint         primary key references customer on delete cascade,
    as_of                  date           not null,
    currency               char(3),
    invoices_paid          integer        not null,
    share_late_percent     integer,
    mean_days_late         numeric(9, 1),
    weighted_days_late     numeric(9, 1),
    open_amount            numeric(19, 4) not null,
    overdue_amount         numeric(19, 4) not null,
    overdue_undisputed     numeric(19, 4) not null,
    oldest_overdue_days    integer        not null,
    mean_order_amount      numeric(19, 4),
    orders_per_month       numeric(9, 2)  not null,
    turnover_12_months     numeric(19, 4) not null,
    disputed_percent       integer        not null,
    credit_use_percent     integer,
    changed_on             date           not null
);
comment on table customer_profile is 'Facts computed from the ledger; formulas stand at org.dunlin.scoring.ProfileFacts and in docs.';

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
    check (until is null or until >= since)
);
create unique index customer_score_current on customer_score (customer_id) where until is null;
create index customer_score_history on customer_score (customer_id, since);
comment on table customer_score is 'History of score and segment; until is null for what holds now. Reasons are the decision rules that matched.';
