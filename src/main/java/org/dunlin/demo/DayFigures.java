package org.dunlin.demo;

import java.time.LocalDate;
import org.camunda.bpm.engine.HistoryService;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts what has happened so far; the difference of two counts is what happened in between. */
@Component
class DayFigures {

    private final JdbcClient jdbc;
    private final HistoryService history;

    DayFigures(JdbcClient jdbc, HistoryService history) {
        this.jdbc = jdbc;
        this.history = history;
    }

    record Totals(long contactsSent, long casesOpened, long casesClosed, long tasksCreated) {

        Journey.Day since(Totals before, LocalDate date) {
            return new Journey.Day(
                    date,
                    contactsSent - before.contactsSent,
                    tasksCreated - before.tasksCreated,
                    casesOpened - before.casesOpened,
                    casesClosed - before.casesClosed);
        }
    }

    Totals totals() {
        long tasks = history.createHistoricTaskInstanceQuery().count();
        return jdbc.sql(
                        """
                        select (select count(*) from contact where state = 'SENT') as contacts,
                               count(*) as opened, count(*) filter (where state = 'CLOSED') as closed
                        from dunning_case
                        """)
                .query((row, n) ->
                        new Totals(row.getLong("contacts"), row.getLong("opened"), row.getLong("closed"), tasks))
                .single();
    }
}
