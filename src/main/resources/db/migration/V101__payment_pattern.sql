-- The habit of a customer who pays on certain days, where enough payments show one.

create table payment_pattern (
    customer_id    bigint   primary key references customer on delete cascade,
    kind           text     not null check (kind in ('DAY_OF_MONTH', 'WEEKDAY', 'DAYS_AFTER_DUE')),
    value          integer  not null,
    offset_days    integer  not null,
    share_percent  integer  not null check (share_percent between 0 and 100),
    confidence     integer  not null check (confidence between 0 and 100),
    payments       integer  not null check (payments > 0),
    changed_on     date     not null,
    check (kind <> 'DAY_OF_MONTH' or value between 1 and 31),
    check (kind <> 'WEEKDAY' or value between 1 and 7),
    check (kind <> 'DAYS_AFTER_DUE' or offset_days = 0)
);
comment on table payment_pattern is 'On which days a customer pays; no row where the payments show no pattern. See docs/scoring.md.';
comment on column payment_pattern.value is 'Day of the month (31: the last), ISO weekday (1: Monday), or calendar days after due (negative: before).';
comment on column payment_pattern.offset_days is 'Of days of the month or week: the customer pays on the first such day that is not before the due date plus this.';
comment on column payment_pattern.share_percent is 'Of their pay days, how many keep to the pattern.';
comment on column payment_pattern.confidence is 'How likely the next payment keeps to it, in percent: (pay days that do + 1) / (pay days + 2).';
comment on column payment_pattern.payments is 'Pay days looked at; invoices paid on one day count once.';
comment on column payment_pattern.changed_on is 'Day as of which the row was first true.';
