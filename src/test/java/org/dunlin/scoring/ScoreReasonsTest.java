package org.dunlin.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.List;
import javax.sql.DataSource;
import org.dunlin.DunlinTest;
import org.dunlin.scoring.CustomerScore.Reason;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

@DunlinTest
class ScoreReasonsTest {

    private static final Reason LATE = new Reason("Share of late invoices", "Is late, \"now\" and then; {1,2}", 12);
    private static final Reason LATER = new Reason("Share of late invoices", "Is late, \"now\" and then; {1,2}", 8);
    private static final Reason PLACE = new Reason("Segment", "Is late, \"now\" and then; {1,2}", null);

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DataSource database;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void reasons_come_back_in_the_order_in_which_they_were_given() {
        ScoreReasons reasons = fresh();
        reasons.keep(List.of(LATE, PLACE, LATER));

        Integer[] ids = reasons.idsOf(List.of(PLACE, LATE, LATER));

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(reasons.of(ids)).containsExactly(PLACE, LATE, LATER);
        assertThat(fresh().of(ids)).as("after a restart").containsExactly(PLACE, LATE, LATER);
    }

    @Test
    void the_same_reason_is_kept_once_by_whichever_node_meets_it() {
        ScoreReasons one = fresh();
        ScoreReasons other = fresh();
        one.keep(List.of(LATE, PLACE));
        other.keep(List.of(PLACE, LATE, PLACE));

        assertThat(other.idsOf(List.of(LATE, PLACE))).isEqualTo(one.idsOf(List.of(LATE, PLACE)));
        assertThat(jdbc.sql("select count(*) from score_reason where text = :text and points is null")
                        .param("text", PLACE.text())
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void a_reason_that_is_remembered_is_kept_even_if_who_met_it_first_rolls_back() {
        ScoreReasons reasons = fresh();
        Reason met = new Reason("Criterion", "Met in a transaction that fails", 1);
        transaction.executeWithoutResult(status -> {
            reasons.keep(List.of(met));
            status.setRollbackOnly();
        });

        assertThat(fresh().of(reasons.idsOf(List.of(met)))).containsExactly(met);
    }

    @Test
    @Transactional
    void scores_of_an_earlier_version_keep_their_reasons() {
        jdbc.sql("create schema earlier").update();
        jdbc.sql("set local search_path to earlier").update();
        jdbc.sql("create table customer_score (customer_id bigint, reasons jsonb not null)")
                .update();
        jdbc.sql(
                        """
                        insert into customer_score values
                            (1, '[{"criterion": "Late", "text": "Is late", "points": 3}, {"criterion": "Place", "text": "Small", "points": null}]'),
                            (2, '[{"criterion": "Place", "text": "Small", "points": null}, {"criterion": "Late", "text": "Is late", "points": 0}]'),
                            (3, '[]')
                        """)
                .update();

        Connection connection = DataSourceUtils.getConnection(database);
        ScriptUtils.executeSqlScript(connection, new ClassPathResource("db/migration/V150__score_reasons.sql"));

        assertThat(jdbc.sql(
                                """
                                select s.customer_id || ': ' || coalesce(string_agg(concat_ws(' ', r.criterion, r.text, r.points), ', ' order by k.place), '')
                                from customer_score s
                                left join unnest(s.reason_ids) with ordinality as k (id, place) on true
                                left join score_reason r on r.id = k.id
                                group by s.customer_id order by s.customer_id
                                """)
                        .query(String.class)
                        .list())
                .containsExactly("1: Late Is late 3, Place Small", "2: Place Small, Late Is late 0", "3: ");
    }

    private ScoreReasons fresh() {
        return new ScoreReasons(jdbc, transactions);
    }
}
