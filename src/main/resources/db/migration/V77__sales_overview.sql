create table sales_overview (
    account_manager text        not null,
    week            date        not null check (extract(isodow from week) = 1),
    claimed_at      timestamptz not null,
    recipient       text        not null,
    subject         text        not null,
    body_text       text        not null,
    body_html       text        not null,
    primary key (account_manager, week)
);
comment on table sales_overview is 'Weekly overviews as they were sent to account managers; week is its Monday. At most one per week, even where a node died in the middle.';
