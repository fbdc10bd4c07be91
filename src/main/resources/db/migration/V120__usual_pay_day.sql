-- A case of a customer with a usual pay day makes no contact before that day has passed.
alter table dunning_case
    add column chase_from    date,
    add column chase_reason  text,
    add check ((chase_from is null) = (chase_reason is null));

comment on column dunning_case.chase_from is
    'The first contact of the case comes on this day at the earliest, because the customer usually pays before it; null when no pay day is waited for.';
comment on column dunning_case.chase_reason is 'Why that day, in words that a collector can say.';
