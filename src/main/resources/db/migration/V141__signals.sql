-- What other systems say of customers beside their debts. Everything has a day of its own, so that it can be seen as of any day.

create table customer_signal (
    id           bigint generated always as identity primary key,
    customer_id  bigint         not null references customer on delete cascade,
    source       text           not null,
    kind         text           not null check (kind in ('ORDER_REFUSED', 'COMPLAINT')),
    number       text           not null check (number <> ''),
    happened_on  date           not null,
    currency     char(3)        check (currency ~ '^[A-Z]{3}$'),
    amount       numeric(19, 4),
    note         text,
    unique (source, kind, number),
    check (amount is null or currency is not null)
);
create index customer_signal_customer on customer_signal (customer_id, happened_on);
comment on table customer_signal is 'Orders that a customer refused to take, and complaints: each counts once, on its day.';
comment on column customer_signal.number is 'The source''s own key of the refused order or complaint.';

create table opportunity (
    id           bigint generated always as identity primary key,
    customer_id  bigint         not null references customer on delete cascade,
    source       text           not null,
    number       text           not null check (number <> ''),
    since        date           not null,
    stage        text           not null check (stage in ('OPEN', 'WON', 'LOST')),
    currency     char(3)        check (currency ~ '^[A-Z]{3}$'),
    amount       numeric(19, 4),
    unique (source, number, since),
    check (amount is null or currency is not null)
);
create index opportunity_customer on opportunity (customer_id);
comment on table opportunity is 'What the CRM said of an opportunity, and since when: the latest row holds until the next.';

create table credit_insurance (
    id           bigint generated always as identity primary key,
    customer_id  bigint         not null references customer on delete cascade,
    source       text           not null,
    number       text           not null check (number <> ''),
    since        date           not null,
    until        date           check (until >= since),
    insurer      text,
    currency     char(3)        not null check (currency ~ '^[A-Z]{3}$'),
    credit_limit numeric(19, 4) not null check (credit_limit >= 0),
    covered      numeric(19, 4) not null check (covered >= 0 and covered <= credit_limit),
    unique (source, number, since)
);
create index credit_insurance_customer on credit_insurance (customer_id);
comment on table credit_insurance is 'What a credit insurer covers, and since when: the latest row of a number holds until the next.';
comment on column credit_insurance.covered is 'What the insurer pays at most; the limit less what we bear ourselves.';
comment on column credit_insurance.until is 'Last day of the cover; null while no end is known.';

create table region_risk (
    country      char(2)        not null check (country ~ '^[A-Z]{2}$'),
    region       text           not null default '',
    since        date           not null,
    risk         integer        not null check (risk between 0 and 100),
    primary key (country, region, since)
);
comment on table region_risk is 'How risky it is to give credit there, from 0 (safe) to 100; the latest row holds until the next.';
comment on column region_risk.region is 'As customers name it, in lower case; empty for the country as a whole.';

create table sector_risk (
    sector       text           not null check (sector <> ''),
    since        date           not null,
    risk         integer        not null check (risk between 0 and 100),
    primary key (sector, since)
);
comment on table sector_risk is 'The same for a sector, in lower case.';

-- Known rows get their figures with the next refresh.
alter table customer_profile
    add column orders_refused      integer not null default 0,
    add column complaints          integer not null default 0,
    add column opportunities       integer not null default 0,
    add column opportunity_amount  numeric(19, 4) not null default 0,
    add column insurer_limit       numeric(19, 4),
    add column insured_amount      numeric(19, 4),
    add column insured_until       date,
    add column insured_percent     integer,
    add column region_risk         integer,
    add column sector_risk         integer;
