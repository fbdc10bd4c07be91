-- Results of holds that tables may ask for, too. Known rows get their figures with the next refresh.
alter table customer_profile
    add column plans_kept    integer not null default 0,
    add column disputes_paid integer not null default 0;
