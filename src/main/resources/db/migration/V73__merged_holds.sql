alter table hold
    add column merged_from bigint references customer;
comment on column hold.merged_from is 'Whose it was before that customer turned out to be the present one. What had ended by then was about that one only.';
