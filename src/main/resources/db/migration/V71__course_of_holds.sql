-- How far a hold has come, so that its table says everything a new process for it needs to know.
alter table hold
    add column agreed_at timestamptz,
    add column told_at   timestamptz;
comment on column hold.agreed_at is 'Of a plan: when somebody of ours agreed to it. Until then a senior collector looks it over.';
comment on column hold.told_at is 'When the customer heard what was found about a dispute, or got the dates of a plan in writing.';
