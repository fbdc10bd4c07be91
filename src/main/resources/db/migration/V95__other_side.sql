alter table contact
    add column their_id        text,
    add column delivery_state  text,
    add column delivery_detail text,
    add column delivery_at     timestamptz;
create index contact_their_id on contact (their_id) where their_id is not null;
comment on column contact.their_id is 'Under which the other side knows the message or call, for example a sid of Twilio.';
comment on column contact.delivery_state is 'What the other side told afterwards, in its words: queued, sent, delivered, undelivered … Only ever goes forward.';
comment on column contact.delivery_detail is 'Why it could not be delivered.';
