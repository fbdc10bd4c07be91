-- The receivables ledger. Open amounts are never stored: they are derived by open_invoice(as_of).

create table creditor (
    id             bigint generated always as identity primary key,
    number         text        not null unique check (number <> ''),
    name           text        not null check (name <> ''),
    street         text,
    postal_code    text,
    city           text,
    country        char(2)     not null check (country ~ '^[A-Z]{2}$'),
    language       text        not null check (language in ('nl', 'fr', 'en', 'de')),
    time_zone      text        not null,
    iban           text        check (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
    bic            text        check (bic ~ '^[A-Z0-9]{8}([A-Z0-9]{3})?$'),
    vat_number     text,
    sender_name    text        not null,
    sender_email   text        not null,
    phone          text
);
comment on table creditor is 'An own company that sells on credit and chases its receivables.';
comment on column creditor.time_zone is 'IANA zone in which the creditor''s working day begins.';

create table customer (
    id                 bigint generated always as identity primary key,
    source             text          not null default 'default',
    number             text          not null check (number <> ''),
    kind               text          not null default 'COMPANY' check (kind in ('COMPANY', 'CONSUMER')),
    name               text          not null check (name <> ''),
    vat_number         text,
    street             text,
    postal_code        text,
    city               text,
    country            char(2)       not null check (country ~ '^[A-Z]{2}$'),
    region             text,
    language           text          not null check (language in ('nl', 'fr', 'en', 'de')),
    sector             text,
    employees          integer       check (employees >= 0),
    account_manager    text,
    preferred_channel  text          check (preferred_channel in ('EMAIL', 'SMS', 'VOICE', 'LETTER')),
    external_rating    integer       check (external_rating between 0 and 100),
    credit_limit       numeric(19, 4) check (credit_limit >= 0),
    credit_currency    char(3),
    unique (source, number),
    check (credit_limit is null or credit_currency is not null)
);
comment on column customer.source is 'The system the customer comes from; number is that system''s own key.';
comment on column customer.external_rating is 'Creditworthiness as sold by a credit bureau, scaled to 0 (worst) to 100 (best).';
comment on column customer.account_manager is 'Login of the account manager in sales.';

create table contact_person (
    id                 bigint generated always as identity primary key,
    customer_id        bigint      not null references customer on delete cascade,
    name               text        not null,
    role               text,
    email              text,
    phone              text,
    position           integer     not null default 1 check (position >= 1),
    delivered          text,
    unique (customer_id, position)
);
comment on column contact_person.delivered is 'Fingerprint of what the source delivered last. A correction made here stays until the source delivers something else.';
comment on column contact_person.position is 'Order in which to try them; 1 is the person to contact first.';
comment on column contact_person.phone is 'E.164, for example +31201234567.';

create table invoice (
    id             bigint generated always as identity primary key,
    creditor_id    bigint         not null references creditor,
    customer_id    bigint         not null references customer,
    number         text           not null check (number <> ''),
    issued_on      date           not null,
    due_on         date           not null,
    currency       char(3)        not null check (currency ~ '^[A-Z]{3}$'),
    gross          numeric(19, 4) not null check (gross > 0),
    disputed       boolean        not null default false,
    dispute_resolved boolean      not null default false,
    description    text,
    unique (creditor_id, number),
    check (due_on >= issued_on),
    check (disputed or not dispute_resolved)
);
comment on column invoice.disputed is 'The customer contested it, now or at any time before: what the disputed share is counted from.';
comment on column invoice.dispute_resolved is 'The dispute is over: it still counts as one, but no longer stands in the way of chasing.';
create index invoice_customer on invoice (customer_id);
create index invoice_due on invoice (due_on);

create table credit_note (
    id             bigint generated always as identity primary key,
    creditor_id    bigint         not null references creditor,
    customer_id    bigint         not null references customer,
    number         text           not null check (number <> ''),
    issued_on      date           not null,
    currency       char(3)        not null check (currency ~ '^[A-Z]{3}$'),
    gross          numeric(19, 4) not null check (gross > 0),
    invoice_id     bigint         references invoice,
    unique (creditor_id, number)
);
create index credit_note_customer on credit_note (customer_id);

create table payment (
    id             bigint generated always as identity primary key,
    creditor_id    bigint         not null references creditor,
    customer_id    bigint         not null references customer,
    source         text           not null default 'default',
    number         text           not null check (number <> ''),
    received_on    date           not null,
    currency       char(3)        not null check (currency ~ '^[A-Z]{3}$'),
    amount         numeric(19, 4) not null check (amount > 0),
    reference      text,
    remittance     text,
    unique (creditor_id, source, number)
);
create index payment_customer on payment (customer_id);
comment on column payment.number is 'The source''s own key of the payment: what makes it count once.';
comment on column payment.reference is 'Structured reference as the customer gave it.';

create table allocation (
    id             bigint generated always as identity primary key,
    invoice_id     bigint         not null references invoice,
    payment_id     bigint         references payment,
    credit_note_id bigint         references credit_note,
    effective_on   date           not null,
    amount         numeric(19, 4) not null check (amount <> 0),
    check (num_nonnulls(payment_id, credit_note_id) = 1)
);
create index allocation_invoice on allocation (invoice_id);
create index allocation_payment on allocation (payment_id) where payment_id is not null;
create index allocation_credit_note on allocation (credit_note_id) where credit_note_id is not null;
comment on column allocation.effective_on is 'The day from which the invoice counts as settled by this much. A negative amount takes an earlier allocation back.';

-- Money whose payer named an invoice that is not in the ledger: it waits on account for that invoice and goes to no other.
create table awaited_invoice (
    id             bigint generated always as identity primary key,
    payment_id     bigint         references payment,
    credit_note_id bigint         references credit_note,
    creditor_id    bigint         not null references creditor,
    invoice_number text           not null,
    amount         numeric(19, 4) check (amount > 0),
    check (num_nonnulls(payment_id, credit_note_id) = 1)
);
create index awaited_invoice_number on awaited_invoice (creditor_id, invoice_number);
create index awaited_invoice_payment on awaited_invoice (payment_id) where payment_id is not null;
create index awaited_invoice_credit_note on awaited_invoice (credit_note_id) where credit_note_id is not null;
comment on column awaited_invoice.amount is 'How much waits for this invoice; null: all that is left.';

-- Work list: money of which something was left when the ledger last booked it. How much is left is derived, as ever; this only
-- spares the search through everything that was ever received.
create table unspent_money (
    payment_id     bigint  unique references payment,
    credit_note_id bigint  unique references credit_note,
    creditor_id    bigint  not null references creditor,
    customer_id    bigint  not null references customer,
    currency       char(3) not null,
    check (num_nonnulls(payment_id, credit_note_id) = 1)
);
create index unspent_money_customer on unspent_money (customer_id);

-- What must never happen: an invoice settled beyond its gross, a payment or credit note spent twice, money that crosses
-- creditors or currencies. Set-based, and safe against concurrent writers because the parents are locked in id order first.
create function allocation_guard() returns trigger language plpgsql as $$
declare
    offender text;
begin
    perform 1 from invoice where id in (select invoice_id from changed) order by id for no key update;
    perform 1 from payment where id in (select payment_id from changed) order by id for no key update;
    perform 1 from credit_note where id in (select credit_note_id from changed) order by id for no key update;

    select i.number into offender
    from allocation a join invoice i on i.id = a.invoice_id
    where a.invoice_id in (select invoice_id from changed)
    group by i.id having sum(a.amount) > i.gross or sum(a.amount) < 0 limit 1;
    if found then
        raise exception 'invoice % would be settled by more than its gross amount, or by less than nothing', offender
            using errcode = 'check_violation', constraint = 'allocation_within_invoice';
    end if;

    select p.number into offender
    from allocation a join payment p on p.id = a.payment_id
    where a.payment_id in (select payment_id from changed)
    group by p.id having sum(a.amount) > p.amount or sum(a.amount) < 0 limit 1;
    if found then
        raise exception 'payment % would be allocated beyond its amount', offender
            using errcode = 'check_violation', constraint = 'allocation_within_payment';
    end if;

    select c.number into offender
    from allocation a join credit_note c on c.id = a.credit_note_id
    where a.credit_note_id in (select credit_note_id from changed)
    group by c.id having sum(a.amount) > c.gross or sum(a.amount) < 0 limit 1;
    if found then
        raise exception 'credit note % would be allocated beyond its amount', offender
            using errcode = 'check_violation', constraint = 'allocation_within_credit_note';
    end if;

    select i.number into offender
    from changed a
        join invoice i on i.id = a.invoice_id
        left join payment p on p.id = a.payment_id
        left join credit_note c on c.id = a.credit_note_id
    where i.creditor_id <> coalesce(p.creditor_id, c.creditor_id) or i.currency <> coalesce(p.currency, c.currency)
    limit 1;
    if found then
        raise exception 'invoice % belongs to another creditor or currency than what is allocated to it', offender
            using errcode = 'check_violation', constraint = 'allocation_same_ledger';
    end if;
    return null;
end $$;
create trigger allocation_guard_insert after insert on allocation
    referencing new table as changed for each statement execute function allocation_guard();
create trigger allocation_guard_update after update on allocation
    referencing new table as changed for each statement execute function allocation_guard();

-- The one definition of "open": gross less what was effective by that day. Issued later = not yet there. Inlined by the
-- planner, so a caller's own conditions reach the tables.
create function open_invoice(as_of date)
    returns table (invoice_id bigint, creditor_id bigint, customer_id bigint, number text, issued_on date, due_on date,
                   currency char(3), gross numeric, open numeric, disputed boolean)
    language sql stable as $$
    select i.id, i.creditor_id, i.customer_id, i.number, i.issued_on, i.due_on, i.currency, i.gross,
           i.gross - coalesce(a.settled, 0), i.disputed and not i.dispute_resolved
    from invoice i
        left join lateral (
            select sum(amount) as settled from allocation where invoice_id = i.id and effective_on <= as_of
        ) a on true
    where i.issued_on <= as_of and i.gross - coalesce(a.settled, 0) > 0
$$;
comment on function open_invoice is 'Invoices of which something is open at the end of the given day; disputed means that the dispute still stands.';

-- Money received or credited that no invoice has taken yet.
create view on_account as
    select 'PAYMENT' as kind, p.id, p.creditor_id, p.customer_id, p.currency, p.received_on as effective_on,
           p.amount - coalesce((select sum(amount) from allocation a where a.payment_id = p.id), 0) as amount
    from payment p
    union all
    select 'CREDIT_NOTE', c.id, c.creditor_id, c.customer_id, c.currency, c.issued_on,
           c.gross - coalesce((select sum(amount) from allocation a where a.credit_note_id = c.id), 0)
    from credit_note c;

-- The number that a customer writes on a payment: one for each customer of a creditor, for good. Ten digits without leading
-- zeros, so that no spreadsheet shortens them, and room for the check digits of the Belgian form.
create table payment_reference (
    creditor_id    bigint not null references creditor,
    customer_id    bigint not null references customer on delete cascade,
    base           bigint generated always as identity (start with 1000000001 maxvalue 9999999999) unique,
    primary key (creditor_id, customer_id)
);
