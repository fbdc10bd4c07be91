package org.dunlin.desk.customer;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.dunlin.contact.details.ContactDetails;
import org.dunlin.contact.details.Correction;
import org.dunlin.dunning.DisputeReasons;
import org.dunlin.dunning.Hold;
import org.dunlin.dunning.Instalments.Rhythm;
import org.dunlin.dunning.InvalidOutcomeException;
import org.dunlin.dunning.NewHold;
import org.dunlin.dunning.PlanTerms;
import org.dunlin.platform.engine.Collision;
import org.dunlin.platform.engine.RefusedException;
import org.dunlin.platform.security.CurrentUser;
import org.dunlin.platform.security.Groups;
import org.dunlin.platform.security.Roles;
import org.dunlin.scoring.AlreadyStoppedException;
import org.dunlin.scoring.CreditStops;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * The buttons of the page of a customer. Each answers 200 with what was done in words; what cannot be is answered with the field and
 * what to do, and nothing was changed.
 */
@RestController
@RequestMapping("/customers/id/{id}")
class CustomerActions {

    /** What others call the fields of these forms. */
    private static final Map<String, String> FIELDS = Map.of(
            "invoices",
            "invoiceNumbers",
            "instalments",
            "planFirstDate",
            "amount",
            "planParts",
            "outcome",
            "correctEmail");

    private final CustomerFinder customers;
    private final CustomerDeeds deeds;
    private final CustomerNotes notes;
    private final CreditStops creditStops;
    private final ContactDetails details;
    private final CurrentUser user;

    CustomerActions(
            CustomerFinder customers,
            CustomerDeeds deeds,
            CustomerNotes notes,
            CreditStops creditStops,
            ContactDetails details,
            CurrentUser user) {
        this.customers = customers;
        this.deeds = deeds;
        this.notes = notes;
        this.creditStops = creditStops;
        this.details = details;
        this.user = user;
    }

    /** @param done in words, for whoever pressed the button */
    record Done(String done) {}

    // Fields are called as in the forms of tasks.

    @PostMapping("/promise")
    @Roles({Groups.JUNIOR_COLLECTORS, Groups.SENIOR_COLLECTORS, Groups.SALES, Groups.MANAGERS})
    Done promise(@PathVariable long id, @RequestParam MultiValueMap<String, String> fields) {
        Entered entered = new Entered(fields);
        BigDecimal amount = entered.amount("promiseAmount");
        return raise(NewHold.promise(customer(id), entered.requiredDate("promiseDate"), amount, user.id()), entered);
    }

    @PostMapping("/dispute")
    @Roles({Groups.JUNIOR_COLLECTORS, Groups.SENIOR_COLLECTORS, Groups.SALES, Groups.MANAGERS})
    Done dispute(@PathVariable long id, @RequestParam MultiValueMap<String, String> fields) {
        Entered entered = new Entered(fields);
        String reason = entered.required("disputeReason", "Say what is wrong");
        if (!DisputeReasons.keys().contains(reason)) {
            throw new InvalidOutcomeException("disputeReason", "Choose one of the list");
        }
        return raise(NewHold.dispute(customer(id), List.of(), reason, null, user.id()), entered);
    }

    @PostMapping("/plan")
    @Roles({Groups.JUNIOR_COLLECTORS, Groups.SENIOR_COLLECTORS, Groups.SALES, Groups.MANAGERS})
    Done plan(@PathVariable long id, @RequestParam MultiValueMap<String, String> fields) {
        Entered entered = new Entered(fields);
        int parts = entered.number("planParts", "Say how many instalments, for example 3");
        LocalDate first = entered.requiredDate("planFirstDate");
        Rhythm rhythm = "weekly".equals(entered.text("planRhythm")) ? Rhythm.WEEKLY : Rhythm.MONTHLY;
        return raise(
                NewHold.plan(customer(id), List.of(), PlanTerms.equalParts(parts, first, rhythm), user.id()), entered);
    }

    /** Stops the follow-up until a day; without invoices for everything, also for what is invoiced later. */
    @PostMapping("/block")
    @Roles({Groups.SENIOR_COLLECTORS, Groups.MANAGERS})
    Done block(@PathVariable long id, @RequestParam MultiValueMap<String, String> fields) {
        Entered entered = new Entered(fields);
        return raise(
                NewHold.block(
                        customer(id), entered.requiredDate("until"), entered.required("reason", "Say why"), user.id()),
                entered);
    }

    /** The plan of a senior or manager needs nobody else who looks it over, as for programs. */
    private Done raise(NewHold wanted, Entered entered) {
        NewHold complete = wanted.naming(entered.numbers("invoiceNumbers")).noting(entered.text("note"));
        boolean senior = user.isInAnyOf(Groups.SENIOR_COLLECTORS, Groups.MANAGERS);
        Hold hold = deeds.raise(complete, senior, entered.set("another"));
        return new Done(PageWords.kind(hold.kind()) + " " + hold.number() + " is registered.");
    }

    @PostMapping("/holds/{number}/end")
    @Roles({Groups.SENIOR_COLLECTORS, Groups.MANAGERS})
    Done end(@PathVariable long id, @PathVariable String number, @RequestParam MultiValueMap<String, String> fields) {
        deeds.end(customer(id), number, user.id(), new Entered(fields).text("note"));
        return new Done("Hold " + number + " is taken back.");
    }

    @PostMapping("/follow-up")
    @Roles({Groups.SENIOR_COLLECTORS, Groups.MANAGERS})
    Done startFollowUp(@PathVariable long id) {
        return new Done("Followed up in case " + String.join(", ", deeds.startFollowUp(customer(id))) + ".");
    }

    @PostMapping("/credit-stop")
    @Roles({Groups.SENIOR_COLLECTORS, Groups.MANAGERS})
    Done stopCredit(@PathVariable long id, @RequestParam MultiValueMap<String, String> fields) {
        Entered entered = new Entered(fields);
        String text = entered.required("text", "Say why, in words that the customer may hear");
        LocalDate endsOn = entered.date("endsOn");
        try {
            creditStops.stopByHand(customer(id), text, endsOn, entered.text("note"), user.id());
        } catch (IllegalArgumentException e) {
            throw new InvalidOutcomeException("endsOn", String.valueOf(e.getMessage()));
        }
        return new Done("No new orders on credit from today.");
    }

    /** Those of the policy end on their own conditions. */
    @PostMapping("/credit-stop/lift")
    @Roles({Groups.SENIOR_COLLECTORS, Groups.MANAGERS})
    Done liftCreditStop(@PathVariable long id) {
        if (creditStops.liftByHand(customer(id), user.id()).isEmpty()) {
            throw new RefusedException("There is no credit stop by hand any more. Load this page again.");
        }
        return new Done("The credit stop by hand is lifted.");
    }

    @PostMapping("/details")
    @Roles({Groups.JUNIOR_COLLECTORS, Groups.SENIOR_COLLECTORS, Groups.SALES, Groups.MANAGERS})
    Done details(@PathVariable long id, @RequestParam MultiValueMap<String, String> fields) {
        Entered entered = new Entered(fields);
        details.learnt(
                customer(id),
                new Correction(
                        entered.text("correctEmail"),
                        entered.text("correctPhone"),
                        entered.text("correctStreet"),
                        entered.text("correctPostalCode"),
                        entered.text("correctCity")),
                user.id());
        return new Done("The contact details are corrected.");
    }

    @PostMapping("/notes")
    @Roles({Groups.JUNIOR_COLLECTORS, Groups.SENIOR_COLLECTORS, Groups.SALES, Groups.DISPUTES, Groups.MANAGERS})
    Done note(@PathVariable long id, @RequestParam MultiValueMap<String, String> fields) {
        notes.add(customer(id), new Entered(fields).required("text", "Write what is to be remembered"), user.id());
        return new Done("Noted.");
    }

    /** The customer it is now, if it was merged since the page was loaded. */
    private long customer(long id) {
        return customers
                .byId(id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such customer."))
                .id();
    }

    // What cannot be

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(InvalidOutcomeException e) {
        ProblemDetail problem = problem(HttpStatus.BAD_REQUEST, e.getMessage());
        problem.setProperty("field", FIELDS.getOrDefault(e.field(), e.field()));
        return ResponseEntity.badRequest().body(problem);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(AnotherOneException e) {
        ProblemDetail problem = problem(HttpStatus.CONFLICT, e.getMessage());
        problem.setProperty("field", "another");
        problem.setProperty("existing", e.existing());
        return ResponseEntity.status(HttpStatus.CONFLICT).body(problem);
    }

    @ExceptionHandler({RefusedException.class, AlreadyStoppedException.class})
    ResponseEntity<ProblemDetail> refused(RuntimeException e) {
        return ResponseEntity.status(HttpStatus.CONFLICT).body(problem(HttpStatus.CONFLICT, e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(ResponseStatusException e) {
        return ResponseEntity.status(e.getStatusCode())
                .body(ProblemDetail.forStatusAndDetail(e.getStatusCode(), String.valueOf(e.getReason())));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> collided(org.springframework.dao.ConcurrencyFailureException e) {
        return ResponseEntity.status(HttpStatus.CONFLICT).body(again());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> collided(org.camunda.bpm.engine.ProcessEngineException e) {
        if (!Collision.caused(e)) {
            throw e;
        }
        return ResponseEntity.status(HttpStatus.CONFLICT).body(again());
    }

    private static ProblemDetail again() {
        return problem(HttpStatus.CONFLICT, "Something else happened to this customer at the same moment. Try again.");
    }

    private static ProblemDetail problem(HttpStatus status, @Nullable String detail) {
        return ProblemDetail.forStatusAndDetail(status, String.valueOf(detail));
    }
}
