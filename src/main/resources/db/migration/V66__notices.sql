-- What a customer is told about a hold: a message of its own kind, which informs and does not chase.
alter table contact
    add column hold_id bigint references hold,
    add check (hold_id is null or rung = 0);
create index contact_hold on contact (hold_id) where hold_id is not null;
comment on column contact.hold_id is 'A notice about this hold. It climbs no rung and counts for no wait.';
comment on column contact.case_id is 'The case that is followed up; of a notice the one open case that all invoices of the hold belong to, if there is one.';
comment on column contact.occurrence is 'The one passing of a step: of a ladder by its instance and activity, of a hold also by the instance of the activity, because a dispute may come back to it. With channel and attempt it is what makes a contact happen once.';
