create table installation (
    one                boolean     primary key default true check (one),
    system_identifier  text        not null,
    timeline           integer     not null,
    database_oid       bigint      not null,
    noted_at           timestamptz not null,
    stopped_at         timestamptz,
    stopped_because    text,
    released_at        timestamptz,
    released_by        text,
    check ((stopped_at is null) = (stopped_because is null))
);
comment on table installation is 'Which database this is: one that finds itself elsewhere was restored from a back-up, and sends nothing until somebody says so.';
comment on column installation.system_identifier is 'Of the PostgreSQL cluster; another one after a dump was restored elsewhere.';
comment on column installation.timeline is 'Of the cluster; another one after a recovery to a point in time.';
comment on column installation.database_oid is 'Another one after a dump was restored into a new database of the same cluster.';
