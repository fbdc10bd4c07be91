package org.dunlin.contact.post;

import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

/** Puts what the mail room needs beside its task: what is to be printed, and where it is. */
@ModelBean("printRunFacts")
class PrintRunFactsListener implements TaskListener {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH);

    private final PrintRuns runs;

    PrintRunFactsListener(PrintRuns runs) {
        this.runs = runs;
    }

    @Override
    public void notify(DelegateTask task) {
        PrintRun run = runs.get(TypedVariables.of(task).requireLong(PrintRunProcess.RUN_ID));
        String page = PrintRunProcess.PAGES + run.number();
        String title = "Print and post %s of %s"
                .formatted(
                        run.letters() == 1 ? "1 letter" : run.letters() + " letters",
                        run.day() == null ? "today" : DAY.format(run.day()));
        task.setName(title);
        task.getExecution()
                .removeVariables(List.of(
                        PrintRunProcess.OUTCOME,
                        PrintRunProcess.PRINT_AGAIN,
                        PrintRunProcess.ADDRESS_WRONG,
                        PrintRunProcess.POSTED_ON,
                        PrintRunProcess.NOTE));
        task.setVariableLocal("runTitle", title);
        task.setVariableLocal("runNumber", run.number());
        task.setVariableLocal("runContents", "%d envelopes · %d pages to print".formatted(run.letters(), run.pages()));
        task.setVariableLocal(
                "runPrinting",
                run.duplex()
                        ? "made for printing on both sides: each letter begins on a sheet of its own"
                        : "to be printed on one side");
        task.setVariableLocal("runPage", page);
        task.setVariableLocal("runPdf", page + PrintRunProcess.PDF);
        task.setVariableLocal("runManifest", page + PrintRunProcess.MANIFEST);
        task.setVariableLocal("runTable", page + PrintRunProcess.TABLE);
    }
}
