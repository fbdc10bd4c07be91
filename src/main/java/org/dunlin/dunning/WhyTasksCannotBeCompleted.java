package org.dunlin.dunning;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dunlin.dunning.engine.DunningCaseProcess;
import org.dunlin.platform.engine.TaskExplanation;
import org.dunlin.receivables.OpenInvoice;
import org.dunlin.receivables.Receivables;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells a person at a form which hold came in between, or how the case or hold has ended. */
@Component
class WhyTasksCannotBeCompleted implements TaskExplanation {

    private final JdbcClient jdbc;
    private final DunningCases cases;
    private final Holds holds;
    private final Receivables receivables;

    WhyTasksCannotBeCompleted(JdbcClient jdbc, DunningCases cases, Holds holds, Receivables receivables) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.holds = holds;
        this.receivables = receivables;
    }

    @Override
    public Optional<String> whyItWaits(String rootInstanceId) {
        return caseOf(rootInstanceId).map(this::standsStill);
    }

    @Override
    public Optional<String> whyItHasGone(String rootInstanceId) {
        return caseOf(rootInstanceId).map(this::ended).or(() -> holdOf(rootInstanceId)
                .map(hold -> "The %s %s has ended meanwhile: %s."
                        .formatted(HoldWords.kind(hold), hold.number(), HoldWords.end(hold))));
    }

    /** By its number, because a case that was started again has another process by now. */
    private Optional<DunningCase> caseOf(String rootInstanceId) {
        return jdbc.sql(
                        """
                        select c.id from act_hi_procinst p join dunning_case c on c.number = p.business_key_
                        where p.id_ = :root and p.proc_def_key_ = :key
                        """)
                .param("root", rootInstanceId)
                .param("key", DunningCaseProcess.KEY)
                .query(Long.class)
                .optional()
                .map(cases::get);
    }

    private Optional<Hold> holdOf(String rootInstanceId) {
        return jdbc.sql("select id from hold where process_instance_id = :root")
                .param("root", rootInstanceId)
                .query(Long.class)
                .optional()
                .map(holds::get);
    }

    private String standsStill(DunningCase dunningCase) {
        if (dunningCase.heldSince() == null) {
            return "Case %s has been stopped by hand; an operator can let it go on.".formatted(dunningCase.number());
        }
        List<Hold> reasons = holds.onCase(dunningCase.id());
        if (!reasons.isEmpty()) {
            return "Case %s is on hold and nobody is chased: %s. A promise or dispute you heard of can be registered with Start process."
                    .formatted(
                            dunningCase.number(),
                            reasons.stream().map(HoldWords::inOneSentence).collect(Collectors.joining("; ")));
        }
        boolean disputed = receivables.open(cases.invoices(dunningCase.id()), cases.today(dunningCase)).stream()
                .anyMatch(OpenInvoice::disputed);
        return disputed
                ? "Case %s stands still, because the ledger says that the customer disputes its invoices."
                        .formatted(dunningCase.number())
                : "The hold on case %s has just ended; it goes on in a moment.".formatted(dunningCase.number());
    }

    private String ended(DunningCase dunningCase) {
        return jdbc.sql("select outcome from dunning_case where id = :id and outcome is not null")
                .param("id", dunningCase.id())
                .query(DunningCase.Outcome.class)
                .optional()
                .map(outcome -> "Case %s has ended meanwhile: %s."
                        .formatted(dunningCase.number(), inWords(outcome, dunningCase)))
                .orElseGet(() -> "Case %s has gone on to another step meanwhile.".formatted(dunningCase.number()));
    }

    private String inWords(DunningCase.Outcome outcome, DunningCase dunningCase) {
        return switch (outcome) {
            case SETTLED -> "everything in it is " + settledBy(dunningCase.id());
            case BELOW_MINIMUM -> "what is still open is too little to be chased";
            case WRITTEN_OFF -> "its debt was written off";
            case AGENCY_CONCLUDED -> "the collection agency has concluded it";
            case MERGED -> "its invoices went into another case, because two customers turned out to be one";
        };
    }

    /** How the invoices were settled that were in the case on its last day. */
    private String settledBy(long caseId) {
        return jdbc.sql(
                        """
                        select concat_ws(' and ',
                            case when bool_or(a.payment_id is not null) then 'paid' end,
                            case when bool_or(a.credit_note_id is not null) then 'credited' end,
                            case when bool_or(i.withdrawn_on is not null) then 'withdrawn' end) as how
                        from dunning_case c
                            join dunning_case_invoice l on l.case_id = c.id and l.left_on = c.closed_on
                            join invoice i on i.id = l.invoice_id
                            left join allocation a on a.invoice_id = i.id
                        where c.id = :id
                        """)
                .param("id", caseId)
                .query(String.class)
                .optional()
                .filter(how -> !how.isEmpty())
                .orElse("settled");
    }
}
