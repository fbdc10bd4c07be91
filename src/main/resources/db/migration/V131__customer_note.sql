create table customer_note (
    id           bigint      generated always as identity primary key,
    customer_id  bigint      not null references customer on delete cascade,
    text         text        not null check (text <> ''),
    noted_at     timestamptz not null,
    noted_by     text        not null
);
create index customer_note_customer on customer_note (customer_id, noted_at);
comment on table customer_note is 'What people noted about a customer, for colleagues. Nothing of it is told to the customer.';
comment on column customer_note.noted_by is 'Login.';
