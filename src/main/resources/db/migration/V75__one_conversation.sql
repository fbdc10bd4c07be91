alter table contact drop constraint contact_state_check;
alter table contact add constraint contact_state_check
    check (state in ('SENDING', 'SENT', 'FAILED', 'UNKNOWN', 'UNRESOLVED', 'CANCELLED', 'COVERED'));
alter table contact add column covered_by bigint references contact;
alter table contact add constraint contact_covered_check check ((state = 'COVERED') = (covered_by is not null));
comment on column contact.covered_by is 'What had been said to the customer already, in another case of theirs, so that nothing more was said.';

create table conversation (
    customer_id         bigint      primary key references customer,
    process_instance_id text        not null,
    case_id             bigint      not null references dunning_case,
    rung                integer     not null,
    opened_at           timestamptz not null
);
comment on table conversation is 'The call that is being made to a customer, or the last one: it is open while its process runs.';
