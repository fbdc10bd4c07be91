alter table customer_score add column terms jsonb;
comment on column customer_score.terms is 'Payment and delivery terms that were recommended, with the reason; they follow the profile as the reasons do.';
