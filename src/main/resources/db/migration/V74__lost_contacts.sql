-- A message that a worker had taken when it stopped, at a step that the case has left since: nobody comes back to it.
alter table problem drop constraint problem_kind_check;
alter table problem add constraint problem_kind_check
    check (kind in ('STEP_FAILED', 'RUN_FAILED', 'CASE_WITHOUT_PROCESS', 'PROCESS_WITHOUT_CASE', 'STANDS_STILL', 'LOST_CONTACT'));
comment on column problem.subject is 'What it is about: the job or external task that failed, the case, the process instance, or the contact. One open problem of a kind for each.';
