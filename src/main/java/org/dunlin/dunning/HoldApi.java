package org.dunlin.dunning;

import com.fasterxml.jackson.databind.JsonMappingException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.dunlin.dunning.Hold.Kind;
import org.dunlin.platform.security.CurrentUser;
import org.dunlin.platform.security.Groups;
import org.dunlin.platform.security.Roles;
import org.dunlin.receivables.CustomerKey;
import org.dunlin.receivables.Receivables;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Disputes, promises, plans, blocks and insolvency for other programs, with the same checks as the forms. */
@RestController
@RequestMapping("/api/holds")
@Roles({Groups.JUNIOR_COLLECTORS, Groups.SENIOR_COLLECTORS, Groups.SALES, Groups.DISPUTES, Groups.MANAGERS})
class HoldApi {

    private final Holds holds;
    private final Receivables receivables;
    private final CurrentUser user;

    HoldApi(Holds holds, Receivables receivables, CurrentUser user) {
        this.holds = holds;
        this.receivables = receivables;
        this.user = user;
    }

    /** Why a hold ends before its time. */
    record End(@Nullable String note) {}

    /**
     * A hold as others see it; parts as in {@link Hold}.
     *
     * @param customer number of the customer in the source system
     * @param endNote  why it ended so; of a dispute what the customer is told
     */
    record Shown(
            String number,
            String customer,
            Kind kind,
            boolean coversAll,
            List<String> invoices,
            String reason,
            @Nullable String note,
            @Nullable BigDecimal amount,
            @Nullable String currency,
            LocalDate startsOn,
            @Nullable LocalDate endsOn,
            List<Hold.Instalment> instalments,
            @Nullable Instant agreedAt,
            Hold.@Nullable Expected expected,
            @Nullable LocalDate expectedBy,
            @Nullable Instant toldAt,
            Hold.@Nullable Outcome outcome,
            Instant raisedAt,
            @Nullable String raisedBy,
            @Nullable Instant endedAt,
            @Nullable String endedBy,
            @Nullable String endNote) {}

    /** All holds of a customer, those that have ended too, the latest first. */
    @GetMapping
    List<Shown> ofCustomer(
            @RequestParam(required = false) @Nullable String customer,
            @RequestParam(required = false) @Nullable String source) {
        return holds.ofCustomer(customerId(customer, source)).stream()
                .map(this::shown)
                .toList();
    }

    @GetMapping("/{number}")
    Shown one(@PathVariable String number) {
        return shown(hold(number));
    }

    /**
     * Begins a hold. A plan of somebody who is neither senior collector nor manager is looked over before it is confirmed; blocks
     * and insolvency are theirs alone.
     */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Roles({Groups.JUNIOR_COLLECTORS, Groups.SENIOR_COLLECTORS, Groups.SALES, Groups.MANAGERS})
    Shown raise(@RequestBody HoldWish wish) {
        boolean senior = user.isInAnyOf(Groups.SENIOR_COLLECTORS, Groups.MANAGERS);
        if (!senior && (wish.kind() == Kind.BLOCK || wish.kind() == Kind.INSOLVENCY)) {
            throw new ResponseStatusException(
                    HttpStatus.FORBIDDEN, "Blocks and insolvency are for senior collectors and managers.");
        }
        return shown(holds.raise(wish.wanted(customerId(wish.customer(), wish.source()), user.id()), senior));
    }

    /** Takes a hold back before its time. */
    @PostMapping("/{number}/end")
    @Roles({Groups.SENIOR_COLLECTORS, Groups.MANAGERS})
    Shown end(@PathVariable String number, @RequestBody(required = false) @Nullable End end) {
        if (!holds.withdraw(hold(number).id(), user.id(), end == null ? null : end.note())) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, "Hold " + number + " has ended before.");
        }
        return shown(hold(number));
    }

    private Shown shown(Hold hold) {
        return new Shown(
                hold.number(),
                receivables.customer(hold.customerId()).number(),
                hold.kind(),
                hold.coversAll(),
                hold.invoices().stream().map(Hold.Covered::number).toList(),
                hold.reason(),
                hold.note(),
                hold.amount() == null ? null : hold.amount().amount(),
                hold.amount() == null ? null : hold.amount().currency().getCurrencyCode(),
                hold.startsOn(),
                hold.endsOn(),
                hold.instalments(),
                hold.course().agreedAt(),
                hold.course().expected(),
                hold.course().expectedBy(),
                hold.course().toldAt(),
                hold.outcome(),
                hold.raisedAt(),
                hold.raisedBy(),
                hold.endedAt(),
                hold.endedBy(),
                hold.endNote());
    }

    private Hold hold(String number) {
        return holds.find(number)
                .orElseThrow(
                        () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no hold " + number + "."));
    }

    private long customerId(@Nullable String number, @Nullable String source) {
        if (number == null || number.isBlank()) {
            throw new InvalidOutcomeException("customer", "Say whose: the number of the customer");
        }
        return receivables
                .customerId(source == null ? CustomerKey.DEFAULT_SOURCE : source, number)
                .orElseThrow(() ->
                        new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no customer " + number + "."));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(ResponseStatusException e) {
        return ResponseEntity.status(e.getStatusCode())
                .body(ProblemDetail.forStatusAndDetail(e.getStatusCode(), String.valueOf(e.getReason())));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(InvalidOutcomeException e) {
        return refused(HoldWish.field(e.field()), String.valueOf(e.getMessage()));
    }

    /** What is no JSON, or has something else in a field than belongs there. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(HttpMessageNotReadableException e) {
        if (e.getCause() instanceof JsonMappingException wrong
                && !wrong.getPath().isEmpty()) {
            String field = String.valueOf(wrong.getPath().get(0).getFieldName());
            return refused(field, HoldWish.howToWrite(field));
        }
        return refused(null, "Send a JSON object, as the guide for integrators shows");
    }

    private static ResponseEntity<ProblemDetail> refused(@Nullable String field, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, detail);
        if (field != null) {
            problem.setProperty("field", field);
        }
        return ResponseEntity.badRequest().body(problem);
    }
}
