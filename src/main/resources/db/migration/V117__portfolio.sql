-- The portfolio by cell of the matrix, now and on any earlier day, without reading the reasons and facts of every score.

drop index customer_score_current;
create unique index customer_score_current on customer_score (customer_id)
    include (since, score, segment, size, behaviour) where until is null;
create index customer_score_ended on customer_score (until)
    include (since, customer_id, score, segment, size, behaviour) where until is not null;

create table scoring_run (
    only_one  boolean primary key default true check (only_one),
    as_of     date not null
);
comment on table scoring_run is 'The day as of which all customers were scored last; one row, none before the first time.';
