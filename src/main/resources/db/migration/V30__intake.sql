-- Files that were brought in, what became of their rows, and what was wrong with them.

create table intake_run (
    id               bigint generated always as identity primary key,
    claim            text        not null unique,
    file             text        not null,
    mapping          text,
    state            text        not null default 'RUNNING' check (state in ('RUNNING', 'DONE', 'REFUSED')),
    message          text,
    checksum         text        not null,
    bytes            bigint      not null,
    bytes_read       bigint      not null default 0,
    started_at       timestamptz not null,
    finished_at      timestamptz,
    rows_read        bigint      not null default 0,
    rows_inserted    bigint      not null default 0,
    rows_changed     bigint      not null default 0,
    rows_unchanged   bigint      not null default 0,
    rows_rejected    bigint      not null default 0,
    warnings         bigint      not null default 0,
    check ((state = 'RUNNING') = (finished_at is null))
);
create index intake_run_started on intake_run (started_at desc);
comment on column intake_run.claim is 'Name of the file while it is worked on: what lets a restart find its run again.';
comment on column intake_run.rows_read is 'Rows that are dealt with, for good: where a restart goes on.';
comment on column intake_run.checksum is 'SHA-256 of the file, hexadecimal.';

create table intake_problem (
    id        bigint generated always as identity primary key,
    run_id    bigint not null references intake_run on delete cascade,
    line      bigint not null,
    severity  text   not null check (severity in ('REJECTED', 'WARNING')),
    record    text,
    field     text   not null,
    value     text,
    reason    text   not null,
    advice    text   not null
);
create index intake_problem_run on intake_problem (run_id, id);
comment on table intake_problem is 'Once a run has ended only its first thousand stay here; all of them stand in the report file.';

create table intake_rejected_row (
    run_id    bigint not null references intake_run on delete cascade,
    row       bigint not null,
    fields    jsonb  not null,
    primary key (run_id, row)
);
comment on table intake_rejected_row is 'Rows as they were in the file, row 0 the header; kept until the run has ended and its file of rejected rows is written.';
