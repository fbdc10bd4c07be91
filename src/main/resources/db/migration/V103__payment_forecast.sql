-- When the money of each open invoice is expected.

create table payment_forecast (
    invoice_id   bigint  primary key references invoice on delete cascade,
    expected_on  date    not null,
    basis        text    not null check (basis in ('PATTERN', 'CUSTOMER_LAG', 'SEGMENT_LAG', 'DUE_DATE')),
    as_of        date    not null
);
comment on table payment_forecast is 'One row per open invoice, as of the last refresh. See docs/scoring.md.';
comment on column payment_forecast.basis is 'What it is concluded from: the customer''s pay-day pattern, their own delays, those of their segment, or nothing but the due date.';
comment on column payment_forecast.as_of is 'Day as of which this was first expected. A refresh that comes to the same does not touch the row.';

create table segment_lag (
    segment      text      primary key,
    lags         integer[] not null
);
comment on table segment_lag is 'How long the customers of a segment take: calendar days from due date to payment, in order, each standing for the same share of payments. The empty segment is everybody.';
