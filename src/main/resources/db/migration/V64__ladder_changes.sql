-- An invoice that is open again is looked up in the cases that have ended.
create index dunning_case_invoice_left on dunning_case_invoice (invoice_id) where left_on is not null;
