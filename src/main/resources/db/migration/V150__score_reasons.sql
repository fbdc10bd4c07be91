-- A score has some twenty-five reasons, and all customers share the same hundred: each is kept once, and scores refer to it.

create table score_reason (
    id         integer generated always as identity primary key,
    criterion  text    not null,
    text       text    not null,
    points     integer,
    unique nulls not distinct (criterion, text, points)
);
comment on table score_reason is 'Decision rules that applied to somebody, in the words their table had then. Rows are never changed: an edited rule is another row.';

insert into score_reason (criterion, text, points)
select distinct r.criterion, r.text, r.points
from customer_score s cross join jsonb_to_recordset(s.reasons) as r (criterion text, text text, points integer)
order by 1, 2, 3;

alter table customer_score add column reason_ids integer[] not null default '{}';
update customer_score s
set reason_ids = array(
    select d.id
    from jsonb_array_elements(s.reasons) with ordinality as r (reason, place)
    join score_reason d on d.criterion = r.reason ->> 'criterion' and d.text = r.reason ->> 'text'
        and d.points is not distinct from (r.reason ->> 'points')::integer
    order by r.place);
alter table customer_score alter column reason_ids drop default;
alter table customer_score drop column reasons;
comment on column customer_score.reason_ids is 'The rows of score_reason that applied, in the order in which they are told.';
