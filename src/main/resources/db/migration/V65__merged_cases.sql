-- Cases of customers who turned out to be one: where both had one that had not spoken yet, the younger goes into the older.
alter table dunning_case drop constraint dunning_case_outcome_check;
alter table dunning_case add constraint dunning_case_outcome_check
    check (outcome in ('SETTLED', 'BELOW_MINIMUM', 'WRITTEN_OFF', 'AGENCY_CONCLUDED', 'MERGED'));
create index dunning_case_merged on dunning_case (customer_id) where outcome = 'MERGED';
