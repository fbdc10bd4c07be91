package org.dunlin.insight;

import java.util.List;
import org.dunlin.insight.CellCustomers.Wish;
import org.dunlin.insight.Movements.Moved;
import org.dunlin.platform.security.Groups;
import org.dunlin.platform.security.Roles;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The portfolio for programs. */
@RestController
@RequestMapping("/api/portfolio")
@Roles({Groups.SENIOR_COLLECTORS, Groups.MANAGERS})
class PortfolioApi {

    private static final int MOST = 1000;

    private final Overviews overviews;
    private final Movements movements;
    private final CellCustomers customers;
    private final PortfolioQuestions questions;

    PortfolioApi(Overviews overviews, Movements movements, CellCustomers customers, PortfolioQuestions questions) {
        this.overviews = overviews;
        this.movements = movements;
        this.customers = customers;
        this.questions = questions;
    }

    /**
     * A part of the customers of a cell.
     *
     * @param total    how many there are in all
     * @param currency by which they are sorted; null when none of them has an invoice
     */
    record Listed(
            String size,
            String behaviour,
            int total,
            int page,
            int limit,
            @Nullable String currency,
            List<CellCustomer> customers) {}

    @GetMapping
    Overview overview() {
        return overviews.overview();
    }

    /** @param since day like {@code 2026-01-31}; the same day of last month when not given */
    @GetMapping("/movements")
    Moved movements(@RequestParam(required = false) @Nullable String since) {
        return movements.since(questions.since(since));
    }

    /**
     * The customers of a cell, the largest overdue amount first.
     *
     * @param segment  only those of this segment
     * @param from     only those who were in that cell on the day {@code since}: {@code size/behaviour}, {@code size/behaviour/segment},
     *                 or {@code none} for those who had no score then
     * @param currency by whose amounts to sort
     * @param page     from 1
     * @param limit    1 to 1,000
     */
    @GetMapping("/cells/{size}/{behaviour}")
    Listed cell(
            @PathVariable String size,
            @PathVariable String behaviour,
            @RequestParam(required = false) @Nullable String segment,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String currency,
            @RequestParam(required = false) @Nullable String page,
            @RequestParam(required = false) @Nullable String limit) {
        int part = PortfolioQuestions.number("page", page, 1, Integer.MAX_VALUE / MOST, 1);
        int most = PortfolioQuestions.number("limit", limit, 1, MOST, 100);
        Wish wish = questions.wish(size, behaviour, segment, from, since, currency);
        CellCustomers.Page found = customers.page(wish, (part - 1) * most, most);
        return new Listed(size, behaviour, found.total(), part, most, found.currency(), found.customers());
    }

    /** All of them as a table. */
    @GetMapping("/cells/{size}/{behaviour}/customers.csv")
    ResponseEntity<String> table(
            @PathVariable String size,
            @PathVariable String behaviour,
            @RequestParam(required = false) @Nullable String segment,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String currency) {
        Wish wish = questions.wish(size, behaviour, segment, from, since, currency);
        String table =
                CustomerTable.of(customers.page(wish, 0, Integer.MAX_VALUE).customers());
        String file = "customers-" + (size + "-" + behaviour).replaceAll("[^A-Za-z0-9-]", "_") + ".csv";
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/csv;charset=UTF-8"))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(file).build().toString())
                .body(table);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> wrong(PortfolioQuestions.WrongQuestionException e) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(e.status(), String.valueOf(e.getMessage()));
        if (e.status() == HttpStatus.BAD_REQUEST) {
            problem.setProperty("field", e.field());
        }
        return ResponseEntity.status(e.status()).body(problem);
    }
}
