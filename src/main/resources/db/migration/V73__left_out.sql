-- Customers for whom a step that is done for many at once did not go through, while it did for the others.
create table left_out (
    id           bigint generated always as identity primary key,
    step         text        not null check (step in ('OPEN_CASE', 'CHANGE_LADDER', 'TELL_CASE', 'END_HOLD')),
    customer_id  bigint      not null references customer on delete cascade,
    case_id      bigint      references dunning_case,
    hold_id      bigint      references hold,
    error        text        not null,
    since        timestamptz not null
);
create unique index left_out_once on left_out (step, customer_id, coalesce(case_id, hold_id, 0));
create index left_out_customer on left_out (customer_id);
comment on table left_out is 'Whom the last daily run, or a booking since, had to leave out; each run begins its steps anew. See org.dunlin.dunning.LeftOut.';

alter table problem add column customer_id bigint references customer on delete cascade;
create index problem_customer on problem (customer_id) where customer_id is not null;
comment on column problem.customer_id is 'Where it concerns a customer and not only one of their cases.';
alter table problem drop constraint problem_kind_check;
alter table problem add constraint problem_kind_check
    check (kind in ('STEP_FAILED', 'RUN_FAILED', 'CUSTOMER_LEFT_OUT', 'CASE_WITHOUT_PROCESS', 'PROCESS_WITHOUT_CASE', 'STANDS_STILL'));

-- A few invoices of the largest amount a file may bring must not be more than a profile can hold: all profiles are written together.
alter table customer_profile
    alter column open_amount type numeric(30, 4),
    alter column overdue_amount type numeric(30, 4),
    alter column overdue_undisputed type numeric(30, 4),
    alter column mean_order_amount type numeric(30, 4),
    alter column turnover_12_months type numeric(30, 4);
