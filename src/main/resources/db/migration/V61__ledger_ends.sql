-- What happens to money and invoices after they were booked: payments that come back, invoices that are withdrawn, customers who
-- turn out to be one. Nothing is deleted: each has its day, and what was open before that day stays what it was.

create table payment_return (
    id             bigint generated always as identity primary key,
    payment_id     bigint         not null references payment,
    returned_on    date           not null,
    amount         numeric(19, 4) not null check (amount > 0),
    reason         text,
    unique (payment_id, returned_on)
);
comment on table payment_return is 'Money that the bank took back: a direct debit returned, a payment recalled. It can settle nothing any more.';
comment on column payment_return.amount is 'In the currency of the payment; the whole of it, or the part that went back.';

alter table invoice
    add column withdrawn_on date,
    add column withdrawal_reason text,
    add constraint invoice_withdrawn_after_issue check (withdrawn_on >= issued_on),
    add constraint invoice_withdrawal_reason check (withdrawn_on is not null or withdrawal_reason is null);
comment on column invoice.withdrawn_on is 'From this day on the invoice counts as never issued. What had been allocated to it went back on account.';

alter table customer
    add column merged_into bigint references customer,
    add constraint customer_merged_into_another check (merged_into <> id);
create index customer_merged on customer (merged_into) where merged_into is not null;
comment on column customer.merged_into is 'The customer that this one turned out to be: the last one of a chain, never one that is merged itself. The row stays, so that rows naming the old key find the customer.';

comment on column contact_person.delivered is 'Fingerprint of what the source delivered last. A correction made here stays until the source delivers something else. Null for somebody the source did not deliver for this customer: it does not take them away either.';

create or replace function allocation_guard() returns trigger language plpgsql as $$
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

    select i.number into offender
    from allocation a join invoice i on i.id = a.invoice_id
    where a.invoice_id in (select invoice_id from changed) and i.withdrawn_on is not null
    group by i.id having sum(a.amount) <> 0 limit 1;
    if found then
        raise exception 'invoice % is withdrawn and cannot be settled', offender
            using errcode = 'check_violation', constraint = 'allocation_not_to_withdrawn';
    end if;

    select p.number into offender
    from allocation a join payment p on p.id = a.payment_id
    where a.payment_id in (select payment_id from changed)
    group by p.id
    having sum(a.amount) > p.amount - coalesce((select sum(r.amount) from payment_return r where r.payment_id = p.id), 0)
        or sum(a.amount) < 0
    limit 1;
    if found then
        raise exception 'payment % would be allocated beyond its amount, or beyond what was not returned of it', offender
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

-- The other side of the same rule: money that settles something has to be taken back before it can be returned.
create function payment_return_guard() returns trigger language plpgsql as $$
declare
    offender text;
begin
    perform 1 from payment where id in (select payment_id from changed) order by id for no key update;
    select p.number into offender
    from payment p
    where p.id in (select payment_id from changed)
        and coalesce((select sum(a.amount) from allocation a where a.payment_id = p.id), 0)
            + (select sum(r.amount) from payment_return r where r.payment_id = p.id) > p.amount
    limit 1;
    if found then
        raise exception 'of payment % more would be returned than it is, or than is not allocated', offender
            using errcode = 'check_violation', constraint = 'payment_return_within_payment';
    end if;
    return null;
end $$;
create trigger payment_return_guard_insert after insert on payment_return
    referencing new table as changed for each statement execute function payment_return_guard();
create trigger payment_return_guard_update after update on payment_return
    referencing new table as changed for each statement execute function payment_return_guard();

create or replace function open_invoice(as_of date)
    returns table (invoice_id bigint, creditor_id bigint, customer_id bigint, number text, issued_on date, due_on date,
                   currency char(3), gross numeric, open numeric, disputed boolean)
    language sql stable as $$
    select i.id, i.creditor_id, i.customer_id, i.number, i.issued_on, i.due_on, i.currency, i.gross,
           i.gross - coalesce(a.settled, 0), i.disputed and not i.dispute_resolved
    from invoice i
        left join lateral (
            select sum(amount) as settled from allocation where invoice_id = i.id and effective_on <= as_of
        ) a on true
    where i.issued_on <= as_of and (i.withdrawn_on is null or i.withdrawn_on > as_of)
        and i.gross - coalesce(a.settled, 0) > 0
$$;
comment on function open_invoice is 'Invoices of which something is open at the end of the given day; disputed means that the dispute still stands. A withdrawn invoice was open until the day before it was withdrawn.';

create or replace view on_account as
    select 'PAYMENT' as kind, p.id, p.creditor_id, p.customer_id, p.currency, p.received_on as effective_on,
           p.amount - coalesce((select sum(amount) from payment_return r where r.payment_id = p.id), 0)
               - coalesce((select sum(amount) from allocation a where a.payment_id = p.id), 0) as amount
    from payment p
    union all
    select 'CREDIT_NOTE', c.id, c.creditor_id, c.customer_id, c.currency, c.issued_on,
           c.gross - coalesce((select sum(amount) from allocation a where a.credit_note_id = c.id), 0)
    from credit_note c;
