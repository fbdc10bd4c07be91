package org.dunlin.dunning;

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

    /**
     * What is wanted; see {@link NewHold}.
     *
     * @param customer    number in the source system
     * @param source      that system; null for the default
     * @param amount      of a promise; null for everything that is open of the invoices
     * @param until       promised date, or last day of a block
     * @param reason      of a dispute one of price, goods, delivery, address, poNumber, other; of a block or insolvency in words
     * @param instalments of a plan
     */
    record Wish(
            Kind kind,
            String customer,
            @Nullable String source,
            @Nullable List<String> invoices,
            @Nullable BigDecimal amount,
            @Nullable LocalDate until,
            @Nullable String reason,
            @Nullable String note,
            @Nullable List<Hold.Instalment> instalments) {}

    /** Why a hold ends before its time. */
    record End(@Nullable String note) {}

    /** A hold as others see it. */
    record Shown(
            String number,
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
            Hold.@Nullable Outcome outcome,
            Instant raisedAt,
            @Nullable String raisedBy,
            @Nullable Instant endedAt,
            @Nullable String endedBy,
            @Nullable String endNote) {
        static Shown of(Hold hold) {
            return new Shown(
                    hold.number(),
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
                    hold.outcome(),
                    hold.raisedAt(),
                    hold.raisedBy(),
                    hold.endedAt(),
                    hold.endedBy(),
                    hold.endNote());
        }
    }

    /** All holds of a customer, those that have ended too, the latest first. */
    @GetMapping
    List<Shown> ofCustomer(@RequestParam String customer, @RequestParam(required = false) @Nullable String source) {
        return holds.ofCustomer(customerId(customer, source)).stream()
                .map(Shown::of)
                .toList();
    }

    @GetMapping("/{number}")
    Shown one(@PathVariable String number) {
        return Shown.of(hold(number));
    }

    /**
     * Begins a hold. A plan of somebody who is neither senior collector nor manager is looked over before it is confirmed; blocks
     * and insolvency are theirs alone.
     */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Roles({Groups.JUNIOR_COLLECTORS, Groups.SENIOR_COLLECTORS, Groups.SALES, Groups.MANAGERS})
    Shown raise(@RequestBody Wish wish) {
        boolean senior = user.isInAnyOf(Groups.SENIOR_COLLECTORS, Groups.MANAGERS);
        if (!senior && (wish.kind() == Kind.BLOCK || wish.kind() == Kind.INSOLVENCY)) {
            throw new ResponseStatusException(
                    HttpStatus.FORBIDDEN, "Blocks and insolvency are for senior collectors and managers.");
        }
        return Shown.of(holds.raise(wanted(wish), senior));
    }

    /** Takes a hold back before its time. */
    @PostMapping("/{number}/end")
    @Roles({Groups.SENIOR_COLLECTORS, Groups.MANAGERS})
    Shown end(@PathVariable String number, @RequestBody End end) {
        if (!holds.withdraw(hold(number).id(), user.id(), end.note())) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, "Hold " + number + " has ended before.");
        }
        return Shown.of(hold(number));
    }

    private NewHold wanted(Wish wish) {
        String reason =
                switch (wish.kind()) {
                    case PROMISE -> "promise";
                    case PLAN -> "plan";
                    case DISPUTE, BLOCK, INSOLVENCY -> wish.reason() == null ? "" : wish.reason();
                };
        return new NewHold(
                wish.kind(),
                customerId(wish.customer(), wish.source()),
                wish.invoices() == null ? List.of() : wish.invoices(),
                null,
                null,
                wish.amount(),
                reason,
                wish.note(),
                wish.until(),
                wish.kind() == Kind.PLAN
                        ? PlanTerms.of(wish.instalments() == null ? List.of() : wish.instalments())
                        : null,
                user.id());
    }

    private Hold hold(String number) {
        return holds.find(number)
                .orElseThrow(
                        () -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no hold " + number + "."));
    }

    private long customerId(String number, @Nullable String source) {
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
        ProblemDetail problem =
                ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
        problem.setProperty("field", e.field());
        return ResponseEntity.badRequest().body(problem);
    }
}
