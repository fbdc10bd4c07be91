package org.dunlin.scoring;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dunlin.platform.SpreadsheetText;
import org.dunlin.platform.security.Groups;
import org.dunlin.platform.security.Roles;
import org.dunlin.scoring.CustomerProfile.Elsewhere;
import org.dunlin.scoring.CustomerScore.Reason;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Facts, score and segment of one customer or of all as of any day up to today, computed when asked for. Nothing is written. */
@RestController
@RequestMapping("/api/scores")
@Roles({Groups.SENIOR_COLLECTORS, Groups.MANAGERS})
class PastScoreApi {

    /** What no day can be given for; whoever compares two days has to know. */
    private static final List<String> AS_OF_TODAY = List.of(
            "whether an invoice is disputed",
            "kind, sector, employees, external rating and credit limit of the customer",
            "which customers are one",
            "the decision tables");

    private static final String AS_OF_TODAY_HEADER = "Dunlin-As-Of-Today";

    private static final List<String> COLUMNS =
            List.of("asOf", "source", "number", "name", "score", "segment", "cell", "behaviour", "size", "failure");

    private final PastScores scores;
    private final StoppedCustomers customers;
    private final ObjectMapper json;
    private final Clock clock;

    PastScoreApi(PastScores scores, StoppedCustomers customers, ObjectMapper json, Clock clock) {
        this.scores = scores;
        this.customers = customers;
        this.json = json;
        this.clock = clock;
    }

    /**
     * One customer on one day.
     *
     * @param score           0 to 100; it and what follows from it is null when the tables have no usable answer
     * @param failure         why there is no score
     * @param terms           what is recommended; null when there is no score
     * @param facts           by the names the tables know; null: not known
     * @param otherCurrencies amounts that are not in the currency of the facts
     */
    record Scored(
            StoppedCustomers.Key customer,
            LocalDate asOf,
            @Nullable Integer score,
            @Nullable String segment,
            @Nullable String cell,
            @Nullable String behaviour,
            @Nullable String size,
            @Nullable String failure,
            List<Reason> reasons,
            @Nullable PaymentTerms terms,
            Map<String, @Nullable Object> facts,
            Map<String, Elsewhere> otherCurrencies) {
        static Scored of(StoppedCustomers.Key customer, PastScore past) {
            CustomerScore score = past.score();
            return new Scored(
                    customer,
                    past.asOf(),
                    score == null ? null : score.score(),
                    score == null ? null : score.segment(),
                    score == null ? null : score.cell(),
                    score == null ? null : score.behaviour(),
                    score == null ? null : score.size(),
                    past.failure(),
                    score == null ? List.of() : score.reasons(),
                    score == null ? null : score.terms(),
                    past.profile().facts(),
                    past.profile().otherCurrencies());
        }
    }

    /** @param asOfToday what is not that of the day asked for, because it is known for today only */
    record One(List<String> asOfToday, Scored scored) {}

    /**
     * @param source the system the number comes from
     * @param asOf   without it, today
     */
    @GetMapping("/{customer}")
    One one(
            @PathVariable String customer,
            @RequestParam(required = false) @Nullable String source,
            @RequestParam(required = false) @Nullable LocalDate asOf) {
        LocalDate day = upToToday(asOf == null ? LocalDate.now(clock) : asOf);
        StoppedCustomers.Found found = customers.named(customer, source);
        return new One(
                AS_OF_TODAY,
                scores.asOf(day, found.id())
                        .map(past -> Scored.of(found.key(), past))
                        .orElseThrow(() -> StoppedCustomers.none(customer)));
    }

    /**
     * Everybody, written while it is computed.
     *
     * @param format {@code json}, or {@code csv} for a table with a column per fact and without reasons
     */
    @GetMapping
    void all(
            @RequestParam LocalDate asOf,
            @RequestParam(defaultValue = "json") String format,
            HttpServletResponse response)
            throws IOException {
        LocalDate day = upToToday(asOf);
        response.setHeader(AS_OF_TODAY_HEADER, String.join("; ", AS_OF_TODAY));
        switch (format) {
            case "json" -> writeJson(day, response);
            case "csv" -> writeCsv(day, response);
            default -> throw new IllegalArgumentException("There is no format like this: it can be json or csv.");
        }
    }

    private void writeJson(LocalDate day, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        try (JsonGenerator out = json.getFactory().createGenerator(response.getOutputStream(), JsonEncoding.UTF8)) {
            // When it ends early, it must not look complete.
            out.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
            out.writeStartObject();
            out.writePOJOField("asOf", day);
            out.writePOJOField("asOfToday", AS_OF_TODAY);
            out.writeArrayFieldStart("customers");
            all(day, scored -> out.writePOJO(scored));
            out.writeEndArray();
            out.writeEndObject();
        }
    }

    private void writeCsv(LocalDate day, HttpServletResponse response) throws IOException {
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"scores-" + day + ".csv\"");
        Writer writer = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
        try (CsvWriter csv =
                CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(writer)) {
            boolean[] begun = {false};
            all(day, scored -> {
                if (!begun[0]) {
                    csv.writeRecord(header(scored.facts().keySet()));
                    begun[0] = true;
                }
                csv.writeRecord(record(scored));
            });
            if (!begun[0]) {
                csv.writeRecord(COLUMNS);
            }
        }
    }

    @FunctionalInterface
    private interface Use {
        void accept(Scored scored) throws IOException;
    }

    private void all(LocalDate day, Use use) {
        scores.allAsOf(day, some -> {
            Map<Long, StoppedCustomers.Key> keys =
                    customers.keys(some.stream().map(PastScore::customerId).toList());
            for (PastScore past : some) {
                StoppedCustomers.Key key = keys.get(past.customerId());
                // Erased since.
                if (key != null) {
                    try {
                        use.accept(Scored.of(key, past));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        });
    }

    private static List<String> header(Set<String> facts) {
        List<String> header = new ArrayList<>(COLUMNS);
        header.addAll(facts);
        return header;
    }

    private static List<String> record(Scored scored) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(scored.asOf().toString());
        values.add(scored.customer().source());
        values.add(scored.customer().number());
        values.add(scored.customer().name());
        values.add(scored.score());
        values.add(scored.segment());
        values.add(scored.cell());
        values.add(scored.behaviour());
        values.add(scored.size());
        values.add(scored.failure());
        values.addAll(scored.facts().values());
        return values.stream().map(PastScoreApi::text).toList();
    }

    /** Numbers of ours are no formulas. */
    private static String text(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return value instanceof String text ? SpreadsheetText.guarded(text) : value.toString();
    }

    private LocalDate upToToday(LocalDate day) {
        if (day.isAfter(LocalDate.now(clock))) {
            throw new IllegalArgumentException("The day lies ahead; what will be paid until then is not known.");
        }
        return day;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(ResponseStatusException e) {
        return problem(HttpStatus.valueOf(e.getStatusCode().value()), String.valueOf(e.getReason()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(IllegalArgumentException e) {
        return problem(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
    }

    private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String detail) {
        return ResponseEntity.status(status).body(ProblemDetail.forStatusAndDetail(status, detail));
    }
}
