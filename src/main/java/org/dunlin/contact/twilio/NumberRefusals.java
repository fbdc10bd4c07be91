package org.dunlin.contact.twilio;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dunlin.contact.Channel;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Numbers that are not to be used for a channel: whoever has them said so, or nothing arrives there. */
@Repository
public class NumberRefusals {

    private final JdbcClient jdbc;

    NumberRefusals(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public enum Reason {
        /** The person wants nothing by this channel. Only they take it back. */
        OPTED_OUT,
        /** It is no number for this channel, or nobody's. */
        UNREACHABLE
    }

    /** A number that is refused, as people see it. */
    public record Refusal(String number, Channel channel, Reason reason, Instant since) {}

    /** Whoever opted out stays so, whatever else is found about the number. */
    public void refused(String number, Channel channel, Reason reason, Instant at) {
        jdbc.sql(
                        """
                        insert into number_refusal (number, channel, reason, since) values (:number, :channel, :reason, :at)
                        on conflict (number, channel) do update set reason = excluded.reason, since = excluded.since
                        where number_refusal.reason <> excluded.reason and number_refusal.reason <> 'OPTED_OUT'
                        """)
                .param("number", number)
                .param("channel", channel.name())
                .param("reason", reason.name())
                .param("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
                .update();
    }

    /** The person wants to be reached by the channel again. */
    public void welcome(String number, Channel channel) {
        jdbc.sql("delete from number_refusal where number = :number and channel = :channel")
                .param("number", number)
                .param("channel", channel.name())
                .update();
    }

    /** Refusals of these numbers for the channel, by number. */
    public Map<String, Refusal> of(Collection<String> numbers, Channel channel) {
        return jdbc
                .sql("select * from number_refusal where number = any(:numbers) and channel = :channel")
                .param("numbers", numbers.toArray(String[]::new))
                .param("channel", channel.name())
                .query((row, n) -> new Refusal(
                        row.getString("number"),
                        Channel.valueOf(row.getString("channel")),
                        Reason.valueOf(row.getString("reason")),
                        row.getTimestamp("since").toInstant()))
                .list()
                .stream()
                .collect(Collectors.toMap(Refusal::number, refusal -> refusal));
    }

    public Optional<Refusal> of(String number, Channel channel) {
        return Optional.ofNullable(of(List.of(number), channel).get(number));
    }
}
