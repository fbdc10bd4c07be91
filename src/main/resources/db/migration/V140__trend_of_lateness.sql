-- Whether a customer pays later than before, and how reliably. Known rows get their figures with the next refresh.
alter table customer_profile
    add column lateness_trend_days numeric(9, 1),
    add column lateness_trend      text check (lateness_trend in ('improving', 'stable', 'worsening')),
    add column spread_days_late    numeric(9, 1);
