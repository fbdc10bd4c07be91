package org.dunlin.scoring;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.LocalDate;
import java.util.List;
import org.dunlin.platform.security.CurrentUser;
import org.dunlin.platform.security.Groups;
import org.dunlin.platform.security.Roles;
import org.dunlin.scoring.CreditStop.Origin;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
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

/** Credit stops for programs that take orders, and the way to stop a customer by hand. */
@RestController
@RequestMapping("/api")
@Roles({Groups.JUNIOR_COLLECTORS, Groups.SENIOR_COLLECTORS, Groups.SALES, Groups.DISPUTES, Groups.MANAGERS})
class CreditStopApi {

    private final CreditStops stops;
    private final StoppedCustomers customers;
    private final CurrentUser user;

    CreditStopApi(CreditStops stops, StoppedCustomers customers, CurrentUser user) {
        this.stops = stops;
        this.customers = customers;
        this.user = user;
    }

    /**
     * One stop as others see it.
     *
     * @param until         null while in force
     * @param liftedBecause null while in force
     */
    record Stop(
            Origin origin,
            String reason,
            String text,
            String liftedWhen,
            LocalDate since,
            @Nullable LocalDate endsOn,
            @Nullable LocalDate until,
            @Nullable String liftedBecause,
            @Nullable String setBy,
            @Nullable String note,
            @Nullable String liftedBy) {
        static Stop of(CreditStop stop) {
            return new Stop(
                    stop.origin(),
                    stop.reason(),
                    stop.text(),
                    stop.liftedWhen(),
                    stop.since(),
                    stop.endsOn(),
                    stop.until(),
                    stop.liftedBecause(),
                    stop.setBy(),
                    stop.note(),
                    stop.liftedBy());
        }
    }

    /** A stop with whom it concerns. */
    record Listed(StoppedCustomers.Key customer, @JsonUnwrapped Stop stop) {}

    /**
     * How a customer stands.
     *
     * @param stopped whether new orders on credit are to be refused today
     * @param stops   why; empty when not stopped
     * @param history stops that ended, the newest first
     */
    record Standing(StoppedCustomers.Key customer, boolean stopped, List<Stop> stops, List<Stop> history) {}

    /**
     * A stop by hand to be made.
     *
     * @param text   why, in words that the customer may hear
     * @param endsOn first day on which it no longer holds; without it the stop holds until it is lifted
     * @param note   for colleagues
     */
    record Wish(@Nullable String text, @Nullable LocalDate endsOn, @Nullable String note) {}

    /**
     * Every stop that is in force today, all of them: who is not in the list may buy on credit.
     *
     * @param customer number of a customer
     * @param source   the system the number comes from
     * @param since    only stops that began on that day or later
     */
    @GetMapping("/credit-stops")
    List<Listed> inForce(
            @RequestParam(required = false) @Nullable String customer,
            @RequestParam(required = false) @Nullable String source,
            @RequestParam(required = false) @Nullable LocalDate since) {
        return customers.inForce(customer, source, since).stream()
                .map(each -> new Listed(each.customer(), Stop.of(each.stop())))
                .toList();
    }

    @GetMapping("/customers/{number}/credit-stop")
    Standing standing(@PathVariable String number, @RequestParam(required = false) @Nullable String source) {
        StoppedCustomers.Found customer = customers.named(number, source);
        List<Stop> now = stops.inForce(customer.id()).stream().map(Stop::of).toList();
        List<Stop> ended = stops.history(customer.id()).stream()
                .filter(stop -> stop.until() != null)
                .map(Stop::of)
                .toList();
        return new Standing(customer.key(), !now.isEmpty(), now, ended);
    }

    @PostMapping("/customers/{number}/credit-stop")
    @ResponseStatus(HttpStatus.CREATED)
    @Roles({Groups.SENIOR_COLLECTORS, Groups.MANAGERS})
    Stop stop(
            @PathVariable String number,
            @RequestParam(required = false) @Nullable String source,
            @RequestBody Wish wish) {
        String text = wish.text() == null ? "" : wish.text();
        return Stop.of(
                stops.stopByHand(customers.named(number, source).id(), text, wish.endsOn(), wish.note(), user.id()));
    }

    /** Lifts the stop by hand; those of the policy end on their own conditions. */
    @DeleteMapping("/customers/{number}/credit-stop")
    @Roles({Groups.SENIOR_COLLECTORS, Groups.MANAGERS})
    Stop lift(@PathVariable String number, @RequestParam(required = false) @Nullable String source) {
        return stops.liftByHand(customers.named(number, source).id(), user.id())
                .map(Stop::of)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "Customer " + number + " is not stopped by hand."));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(ResponseStatusException e) {
        return problem(HttpStatus.valueOf(e.getStatusCode().value()), String.valueOf(e.getReason()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(AlreadyStoppedException e) {
        return problem(HttpStatus.CONFLICT, String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(IllegalArgumentException e) {
        return problem(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
    }

    private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String detail) {
        return ResponseEntity.status(status).body(ProblemDetail.forStatusAndDetail(status, detail));
    }
}
