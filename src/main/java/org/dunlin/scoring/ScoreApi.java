package org.dunlin.scoring;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.dunlin.platform.security.Groups;
import org.dunlin.platform.security.Roles;
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

/** What is concluded of a customer, with the reasons and the terms that are recommended, for people and for other systems. */
@RestController
@RequestMapping("/api")
@Roles({Groups.JUNIOR_COLLECTORS, Groups.SENIOR_COLLECTORS, Groups.SALES, Groups.DISPUTES, Groups.MANAGERS})
class ScoreApi {

    private final Scores scores;
    private final StoppedCustomers customers;

    ScoreApi(Scores scores, StoppedCustomers customers) {
        this.scores = scores;
        this.customers = customers;
    }

    /**
     * A score as others see it.
     *
     * @param terms null where they were never asked for
     * @param facts by the names that decision tables know; null means not known
     */
    record Scored(
            StoppedCustomers.Key customer,
            int score,
            String segment,
            String cell,
            LocalDate since,
            List<CustomerScore.Reason> reasons,
            @Nullable PaymentTerms terms,
            Map<String, @Nullable Object> facts) {}

    /** @param source the system the number comes from */
    @GetMapping("/customers/{number}/score")
    Scored score(@PathVariable String number, @RequestParam(required = false) @Nullable String source) {
        StoppedCustomers.Found customer = customers.named(number, source);
        CustomerScore score = scores.current(List.of(customer.id())).get(customer.id());
        if (score == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "Customer " + number + " was not scored yet.");
        }
        return new Scored(
                customer.key(),
                score.score(),
                score.segment(),
                score.cell(),
                score.since(),
                score.reasons(),
                score.terms(),
                score.facts());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(ResponseStatusException e) {
        HttpStatus status = HttpStatus.valueOf(e.getStatusCode().value());
        return ResponseEntity.status(status)
                .body(ProblemDetail.forStatusAndDetail(status, String.valueOf(e.getReason())));
    }
}
