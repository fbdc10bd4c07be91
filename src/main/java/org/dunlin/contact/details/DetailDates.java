package org.dunlin.contact.details;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Date;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Dates for tasks about a customer, in working days of the creditor that they owe. */
@ModelBean("detailDates")
public class DetailDates {

    private final JdbcClient jdbc;
    private final WorkCalendar calendar;
    private final Clock clock;

    DetailDates(JdbcClient jdbc, WorkCalendar calendar, Clock clock) {
        this.jdbc = jdbc;
        this.calendar = calendar;
        this.clock = clock;
    }

    private record Place(String country, ZoneId zone) {}

    /** Closing time of the n-th working day from today, for the due date of a task. */
    public Date due(VariableScope execution, int workingDays) {
        long customerId = TypedVariables.of(execution).requireLong(CorrectDetailsProcess.CUSTOMER_ID);
        Place place = jdbc.sql(
                        """
                        select k.country, k.time_zone from creditor k
                        where k.id = coalesce(
                            (select max(creditor_id) from dunning_case where customer_id = :customer),
                            (select max(creditor_id) from invoice where customer_id = :customer),
                            (select min(id) from creditor))
                        """)
                .param("customer", customerId)
                .query((row, n) -> new Place(row.getString("country"), ZoneId.of(row.getString("time_zone"))))
                .single();
        LocalDate today = LocalDate.ofInstant(clock.instant(), place.zone());
        LocalDate day = calendar.after(place.country(), today, workingDays);
        return Date.from(calendar.closing(day, place.zone()));
    }
}
