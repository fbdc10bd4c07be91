-- Holds of customers who turned out to be one.
alter table hold
    add column merged_from bigint references customer;
comment on column hold.merged_from is 'Whose it was before that customer turned out to be the present one. What had ended by then was about that one only.';

-- A message that a worker had taken when it stopped, at a step that the case has left since: nobody comes back to it.
alter table problem drop constraint problem_kind_check;
alter table problem add constraint problem_kind_check
    check (kind in ('STEP_FAILED', 'RUN_FAILED', 'CUSTOMER_LEFT_OUT', 'CASE_WITHOUT_PROCESS', 'PROCESS_WITHOUT_CASE', 'STANDS_STILL',
                    'LOST_CONTACT'));
comment on column problem.subject is 'What it is about: the job or external task that failed, the case, the process instance, the contact, or what was left out. One open problem of a kind for each.';

-- A hold that lost its process and could not be given a new one.
alter table left_out drop constraint left_out_step_check;
alter table left_out add constraint left_out_step_check
    check (step in ('OPEN_CASE', 'CHANGE_LADDER', 'TELL_CASE', 'END_HOLD', 'START_HOLD'));
