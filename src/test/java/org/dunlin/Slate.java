package org.dunlin;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.GreenMail;
import java.util.List;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** An empty ledger and an idle engine, with users and models left in place. For tests that let days pass for everybody. */
@TestComponent
public class Slate {

    private static final List<String> RUNNING = List.of(
            "act_ru_incident",
            "act_ru_ext_task",
            "act_ru_variable",
            "act_ru_identitylink",
            "act_ru_task",
            "act_ru_case_sentry_part");

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final GreenMail mails;

    Slate(JdbcClient jdbc, TransactionTemplate transaction, GreenMail mails) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.mails = mails;
    }

    public void clean() {
        transaction.executeWithoutResult(status -> {
            RUNNING.forEach(table -> jdbc.sql("delete from " + table).update());
            jdbc.sql("delete from act_ru_job where handler_type_ <> 'timer-start-event'")
                    .update();
            jdbc.sql("delete from act_ru_event_subscr where proc_inst_id_ is not null")
                    .update();
            jdbc.sql("delete from act_ru_execution").update();
            jdbc.sql(
                            "truncate creditor, customer, print_run, region_risk, sector_risk, collection_cost restart identity cascade")
                    .update();
        });
        try {
            mails.purgeEmailFromAllMailboxes();
        } catch (FolderException e) {
            throw new IllegalStateException(e);
        }
    }
}
