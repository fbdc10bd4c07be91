alter table contact drop constraint contact_state_check;
alter table contact add constraint contact_state_check
    check (state in ('SENDING', 'READY', 'SENT', 'FAILED', 'UNKNOWN', 'UNRESOLVED', 'CANCELLED', 'COVERED'));
create index contact_invoice_by_invoice on contact_invoice (invoice_id);
create index contact_ready on contact (id) where state = 'READY';
comment on column contact.state is 'SENDING: in the hands of a worker. READY: a letter in the out-tray or in an envelope, not posted yet. UNKNOWN: nobody can tell whether it went out, a person finds out. UNRESOLVED: the same, but its case has ended, so nobody has to. FAILED and CANCELLED: certainly not sent.';

create table contact_letter (
    contact_id bigint  primary key references contact on delete cascade,
    pdf        bytea   not null,
    sha256     text    not null check (length(sha256) = 64),
    pages      integer not null check (pages >= 1)
);
-- A PDF is compressed already.
alter table contact_letter alter column pdf set storage external;
comment on table contact_letter is 'Letters as they were printed: PDF/A-2u.';

create sequence print_run_number start 100001;

create table print_run (
    id                  bigint generated always as identity primary key,
    number              text        not null unique default 'R' || nextval('print_run_number'),
    process_instance_id text        not null unique,
    state               text        not null check (state in ('FORMING', 'PRINTED', 'POSTED', 'UNDONE')),
    formed_at           timestamptz not null,
    day                 date,
    duplex              boolean     not null,
    letters             integer     not null default 0,
    pages               integer     not null default 0,
    ended_at            timestamptz,
    ended_by            text,
    note                text
);
comment on table print_run is 'Letters that are printed and posted together.';
comment on column print_run.day is 'The date that the letters bear, from when the run is complete.';
comment on column print_run.state is 'FORMING: letters are still being added. PRINTED: complete, with whoever posts it. POSTED: recorded as posted, but for letters whose own state says otherwise. UNDONE: not printed, or nothing was in it.';

create table print_run_letter (
    run_id          bigint  not null references print_run on delete cascade,
    contact_id      bigint  not null references contact on delete cascade,
    number          integer,
    first_page      integer,
    pages           integer not null,
    creditor        text    not null,
    creditor_country char(2) not null,
    customer_number text    not null,
    case_number     text,
    addressee       text    not null,
    street          text,
    postal_code     text,
    city            text,
    country         char(2) not null,
    state           text    not null check (state in ('IN_RUN', 'POSTED', 'TAKEN_OUT', 'PRINT_AGAIN', 'ADDRESS_WRONG', 'UNDONE')),
    reason          text,
    told_at         timestamptz,
    primary key (run_id, contact_id),
    unique (run_id, number)
);
create unique index print_run_letter_once on print_run_letter (contact_id) where state in ('IN_RUN', 'POSTED');
create index print_run_letter_untold on print_run_letter (contact_id) where state in ('POSTED', 'ADDRESS_WRONG') and told_at is null;
comment on table print_run_letter is 'The letters of a run, each with its address as it was printed.';
comment on column print_run_letter.number is 'Place in postal order, from 1; nothing while the run is being formed.';
comment on column print_run_letter.told_at is 'When the step of the ladder heard of it, or had gone.';
