-- Payments that customers began at a payment service from the page of a link. The money itself is booked in the ledger, under the
-- service's own id.
create table online_payment (
    id             bigint generated always as identity primary key,
    link_id        bigint         not null references pay_link,
    creditor_id    bigint         not null references creditor,
    service        text           not null,
    service_id     text,
    order_key      uuid           not null unique,
    currency       char(3)        not null,
    amount         numeric(19, 4) not null check (amount > 0),
    invoice_ids    bigint[]       not null,
    state          text           not null check (state in ('ASKED', 'OPEN', 'PENDING', 'ENDED', 'PAID')),
    page           text,
    began_at       timestamptz    not null,
    asked_at       timestamptz    not null,
    paid_at        timestamptz,
    returned       numeric(19, 4) not null default 0,
    unique (service, service_id)
);
create index online_payment_link on online_payment (link_id);
create index online_payment_under_way on online_payment (asked_at) where state in ('OPEN', 'PENDING');
comment on column online_payment.order_key is 'The service makes one payment of it, however often it is asked.';
comment on column online_payment.state is 'ASKED: we asked for it. OPEN, PENDING: the customer has not paid, or the service does not know yet. ENDED: nothing came of it. PAID: booked in the ledger, for good.';
comment on column online_payment.asked_at is 'When the service was last asked how it stands.';
comment on column online_payment.returned is 'How much of it went back and is booked as returned.';
