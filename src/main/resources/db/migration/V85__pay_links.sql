-- A link from a message to the page where its customer sees what is open. Without foreign keys to customer, case and hold: a letter is
-- worded while the engine works, and a key would wait for the lock of a customer whose money is being booked.
create table pay_link (
    id             bigint      primary key,
    occasion       text        not null unique,
    creditor_id    bigint      not null references creditor,
    customer_id    bigint      not null,
    hold_id        bigint,
    reference      text        not null,
    template       text        not null,
    invoice_ids    bigint[]    not null,
    made_at        timestamptz not null,
    last_day       date        not null
);
create index pay_link_customer on pay_link (customer_id);
comment on column pay_link.id is 'Random: an address says nothing about how many there are, and cannot be guessed.';
comment on column pay_link.occasion is 'Which message it belongs to: number of case or hold, template, medium. Worded again it keeps its link.';
comment on column pay_link.last_day is 'The signed address says until when it can be opened; this is the latest of those given out.';
