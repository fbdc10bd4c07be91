package org.dunlin.contact.post;

import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.contact.post.PrintRun.Posting;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.RefusedException;
import org.dunlin.platform.engine.TypedVariables;
import org.jspecify.annotations.Nullable;

/** What the mail room says about a run. */
@ModelBean("recordPosting")
class RecordPostingDelegate implements JavaDelegate {

    private final RunPosting posting;

    RecordPostingDelegate(RunPosting posting) {
        this.posting = posting;
    }

    @Override
    public void execute(DelegateExecution execution) {
        TypedVariables form = TypedVariables.of(execution);
        long runId = form.requireLong(PrintRunProcess.RUN_ID);
        String note = form.text(PrintRunProcess.NOTE);
        String by = execution.getProcessEngineServices().getIdentityService().getCurrentAuthentication() == null
                ? null
                : execution
                        .getProcessEngineServices()
                        .getIdentityService()
                        .getCurrentAuthentication()
                        .getUserId();
        String outcome = form.text(PrintRunProcess.OUTCOME);
        if (outcome == null) {
            throw new RefusedException("Say what became of the letters. Nothing was recorded.");
        }
        switch (outcome) {
            case PrintRunProcess.NOT_PRINTED -> posting.notPrinted(runId, note, by);
            case PrintRunProcess.ALL_POSTED, PrintRunProcess.ALL_BUT -> {
                boolean some = outcome.equals(PrintRunProcess.ALL_BUT);
                posting.posted(
                        runId,
                        new Posting(
                                form.date(PrintRunProcess.POSTED_ON),
                                some ? numbers(form.text(PrintRunProcess.PRINT_AGAIN)) : List.of(),
                                some ? numbers(form.text(PrintRunProcess.ADDRESS_WRONG)) : List.of(),
                                note,
                                by));
            }
            default -> throw new IllegalArgumentException("Not an outcome of a print run: " + outcome);
        }
    }

    private static List<Integer> numbers(@Nullable String typed) {
        return typed == null ? List.of() : LetterNumbers.parse(typed);
    }
}
