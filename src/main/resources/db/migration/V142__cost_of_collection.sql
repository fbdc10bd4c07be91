-- What a customer costs and yields.

create table collection_cost (
    kind         text           not null check (kind ~ '^[A-Z]+(_[A-Z]+)*$'),
    currency     char(3)        not null check (currency ~ '^[A-Z]{3}$'),
    since        date           not null,
    amount       numeric(19, 4) not null check (amount >= 0),
    primary key (kind, currency, since)
);
comment on table collection_cost is 'What one contact, or one hand-over to an agency, costs from that day on.';
comment on column collection_cost.kind is 'Kind of an experience: CONTACT_EMAIL …, AGENCY_HAND_OVER.';

create table gross_margin (
    id           bigint generated always as identity primary key,
    creditor_id  bigint         not null references creditor,
    customer_id  bigint         references customer on delete cascade,
    since        date           not null,
    percent      numeric(5, 2)  not null check (percent between -100 and 100)
);
create unique index gross_margin_key on gross_margin (creditor_id, coalesce(customer_id, 0), since);
create index gross_margin_customer on gross_margin (customer_id);
comment on table gross_margin is 'Gross margin in percent of turnover, from that day on: of a creditor, or of one customer of that creditor.';

alter table contact add column learnt boolean not null default false;
create index contact_not_learnt on contact (id) where state = 'SENT' and not learnt and channel <> 'AGENCY';
comment on column contact.learnt is 'It was handed to the facts about its customer.';

insert into customer_experience (customer_id, kind, happened_on, reference, creditor_id)
select d.customer_id, 'AGENCY_HAND_OVER', (f.handed_over_at at time zone k.time_zone)::date, f.reference, d.creditor_id
from agency_file f join dunning_case d on d.id = f.case_id join creditor k on k.id = d.creditor_id
where f.handed_over_at is not null;

alter table customer_profile
    add column contacts_12_months        integer not null default 0,
    add column collection_cost_12_months numeric(19, 4),
    add column margin                    numeric(19, 2),
    add column margin_percent            integer;
