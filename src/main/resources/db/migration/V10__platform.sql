create table clock_setting (
    only_row       boolean     primary key default true check (only_row),
    moved_by       interval    not null default interval '0'
);
comment on table clock_setting is 'How far the demo''s clock has been moved forward; kept, so that a restart does not travel back in time.';

create table system_mark (
    name        text        primary key,
    marked_at   timestamptz not null
);
comment on table system_mark is 'Things done once in the life of a database, for example loading the demo portfolio.';
