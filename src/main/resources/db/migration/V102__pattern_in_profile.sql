-- The habit of paying, for decision tables; null where there is none. Known rows get theirs with the next refresh.

alter table customer_profile
    add column pay_pattern        text,
    add column pay_day            integer,
    add column pattern_confidence integer;
comment on column customer_profile.pay_pattern is 'As in payment_pattern.kind, pay_day as in value, pattern_confidence as in confidence.';
