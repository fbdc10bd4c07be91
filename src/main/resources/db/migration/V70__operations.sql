-- What keeps cases from moving and needs a person, what became of it, and what the daily run repaired by itself.

create table problem (
    id                 bigint generated always as identity primary key,
    kind               text        not null check (kind in ('STEP_FAILED', 'RUN_FAILED', 'CASE_WITHOUT_PROCESS',
                                                            'PROCESS_WITHOUT_CASE', 'STANDS_STILL')),
    subject            text        not null,
    case_id            bigint      references dunning_case,
    instance_id        text,
    definition_id      text,
    activity_id        text,
    error              text,
    since              timestamptz not null,
    found_at           timestamptz not null,
    attend_instance_id text,
    put_off_until      timestamptz,
    solved_at          timestamptz,
    solved_by          text,
    solution           text,
    note               text,
    check (solved_at is null or solution is not null)
);
create unique index problem_once on problem (kind, subject) where solved_at is null;
create index problem_history on problem (subject);
create index problem_case on problem (case_id);
comment on table problem is 'The work list of the operators, and what was on it. Contacts of unknown result are not in here: they have a task of their own.';
comment on column problem.subject is 'What it is about: the job or external task that failed, the case, or the process instance. One open problem of a kind for each.';
comment on column problem.attend_instance_id is 'The process that puts it on the list.';
comment on column problem.solution is 'What was done; BY_ITSELF when it had gone before anybody did anything.';

create table repair (
    id          bigint generated always as identity primary key,
    at          timestamptz not null,
    kind        text        not null,
    case_id     bigint      references dunning_case,
    what        text        not null,
    told_in     text
);
create index repair_at on repair (at);
create index repair_untold on repair (id) where told_in is null;
comment on table repair is 'Differences between ledger and engine that the daily run put right.';
comment on column repair.told_in is 'Process instance of the daily run that told it.';

create table contact_pace (
    channel     text        not null,
    hour        timestamptz not null,
    used        integer     not null check (used >= 0),
    primary key (channel, hour)
);
comment on table contact_pace is 'How many automatic messages left in an hour, or may still leave in the hands of a worker.';
