package org.dunlin.contact.inbound;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.dunlin.contact.Channel;
import org.dunlin.contact.inbound.CustomerWord.Meaning;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What customers said, each once however often it is delivered; and a task for what wants an answer. */
@Service
public class CustomerWords {

    private static final String SELECT =
            "select w.*, c.case_id from customer_word w left join contact c on c.id = w.contact_id ";

    private final JdbcClient jdbc;
    private final RuntimeService runtime;
    private final Clock clock;

    CustomerWords(JdbcClient jdbc, RuntimeService runtime, Clock clock) {
        this.jdbc = jdbc;
        this.runtime = runtime;
        this.clock = clock;
    }

    /**
     * Keeps what arrived from a number. It answers the latest contact by that channel with the number, whoever it was with.
     *
     * @param theirId under which the other side knows it
     * @return nothing, and nothing changed, when it is known already
     */
    @Transactional
    public Optional<CustomerWord> heard(Channel channel, String theirId, String number, Meaning meaning, String body) {
        return jdbc.sql(
                        """
                        insert into customer_word (channel, their_id, number, meaning, body, received_at, contact_id, customer_id)
                        select :channel, :theirId, :number, :meaning, :body, :at, c.id,
                               coalesce(c.customer_id, (select min(customer_id) from contact_person where phone = :number))
                        from (select 1) as one left join lateral (
                            select id, customer_id from contact
                            where channel = :channel and recipient = :number and state <> 'CANCELLED'
                            order by claimed_at desc, id desc limit 1) c on true
                        on conflict (their_id) do nothing
                        returning id
                        """)
                .param("channel", channel.name())
                .param("theirId", theirId)
                .param("number", number)
                .param("meaning", meaning.name())
                .param("body", body)
                .param("at", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .query(Long.class)
                .optional()
                .map(this::get)
                .map(this::ask);
    }

    private CustomerWord ask(CustomerWord word) {
        if (word.meaning() == Meaning.TEXT || word.meaning() == Meaning.CALL_BACK) {
            VariableMap variables = Variables.createVariables().putValue(AnswerCustomerProcess.WORD_ID, word.id());
            if (word.caseId() != null) {
                variables.putValue(AnswerCustomerProcess.CASE_ID, word.caseId());
            }
            runtime.startProcessInstanceByKey(AnswerCustomerProcess.KEY, businessKey(word), variables);
        }
        return word;
    }

    private String businessKey(CustomerWord word) {
        return jdbc.sql(
                        """
                        select coalesce(
                            (select number from dunning_case where id = :case::bigint),
                            (select number from customer where id = :customer::bigint), :number)
                        """)
                .param("case", word.caseId())
                .param("customer", word.customerId())
                .param("number", word.number())
                .query(String.class)
                .single();
    }

    /** @throws org.springframework.dao.EmptyResultDataAccessException when there is none */
    public CustomerWord get(long id) {
        return jdbc.sql(SELECT + "where w.id = :id")
                .param("id", id)
                .query(CustomerWords::word)
                .single();
    }

    /** What was said in answer to a contact, in the order in which it came. */
    public List<CustomerWord> answering(long contactId) {
        return jdbc.sql(SELECT + "where w.contact_id = :id order by w.id")
                .param("id", contactId)
                .query(CustomerWords::word)
                .list();
    }

    /** The latest that a customer said, newest first. */
    public List<CustomerWord> ofCustomer(long customerId, int limit) {
        return jdbc.sql(SELECT + "where w.customer_id = :id order by w.received_at desc, w.id desc limit :limit")
                .param("id", customerId)
                .param("limit", limit)
                .query(CustomerWords::word)
                .list();
    }

    /** A person answered. */
    @Transactional
    void answered(long id, @Nullable String outcome, @Nullable String note, @Nullable String by) {
        jdbc.sql(
                        """
                        update customer_word set answered_at = :at, answered_by = :by, outcome = :outcome, note = :note
                        where id = :id and answered_at is null
                        """)
                .param("at", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .param("by", by)
                .param("outcome", outcome)
                .param("note", note)
                .param("id", id)
                .update();
    }

    private static CustomerWord word(ResultSet row, int n) throws SQLException {
        Timestamp answered = row.getTimestamp("answered_at");
        return new CustomerWord(
                row.getLong("id"),
                Channel.valueOf(row.getString("channel")),
                row.getString("number"),
                Meaning.valueOf(row.getString("meaning")),
                row.getString("body"),
                row.getObject("contact_id", Long.class),
                row.getObject("case_id", Long.class),
                row.getObject("customer_id", Long.class),
                row.getTimestamp("received_at").toInstant(),
                answered == null ? null : answered.toInstant(),
                row.getString("answered_by"),
                row.getString("outcome"),
                row.getString("note"));
    }
}
