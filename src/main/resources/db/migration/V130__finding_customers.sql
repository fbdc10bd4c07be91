-- Customers are found by a part of what somebody remembers, with typing errors in it. pg_trgm comes with PostgreSQL, and the owner of a
-- database may create it (it is a trusted extension).
create extension if not exists pg_trgm;

create index customer_name_parts on customer using gin (lower(name) gin_trgm_ops);
-- For the begin of a name: a word of two letters stands in very many.
create index customer_name_start on customer (lower(name) text_pattern_ops);
create index customer_number_parts on customer using gin (lower(number) gin_trgm_ops);
create index customer_number_start on customer (lower(number) text_pattern_ops);
create index contact_person_email_parts on contact_person using gin (lower(email) gin_trgm_ops) where email is not null;
-- Numbers of phones and invoices are found by their end: that is what people write down, and read out.
create index contact_person_phone_end on contact_person (reverse(phone) text_pattern_ops) where phone is not null;
create index invoice_number_end on invoice (reverse(lower(number)) text_pattern_ops);
