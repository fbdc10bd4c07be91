package org.dunlin.operations;

import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.dunlin.dunning.DunningCase;
import org.dunlin.dunning.DunningCases;
import org.dunlin.receivables.Customer;
import org.dunlin.receivables.Receivables;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What a person needs to know about a problem, in words. */
@Service
class ProblemWords {

    private static final String NONE = "–";
    private static final DateTimeFormatter AT = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH);
    private static final int LONGEST = 1500;

    private final ProblemList list;
    private final DunningCases cases;
    private final Receivables receivables;
    private final RepositoryService repository;
    private final Clock clock;

    ProblemWords(
            ProblemList list, DunningCases cases, Receivables receivables, RepositoryService repository, Clock clock) {
        this.list = list;
        this.cases = cases;
        this.receivables = receivables;
        this.repository = repository;
        this.clock = clock;
    }

    /**
     * Texts about a problem.
     *
     * @param process name of the model
     * @param step    name of its step
     * @param times   how often it has been a problem
     */
    record Facts(
            String caseNumber,
            String customerName,
            String customerNumber,
            String process,
            String step,
            String error,
            String since,
            int times) {}

    Facts of(Problem problem) {
        Optional<DunningCase> dunningCase =
                Optional.ofNullable(problem.caseId()).flatMap(cases::find);
        Optional<Customer> customer = dunningCase
                .map(DunningCase::customerId)
                .or(() -> Optional.ofNullable(problem.customerId()))
                .map(receivables::customer);
        Optional<BpmnModelInstance> model = model(problem.definitionId());
        return new Facts(
                dunningCase.map(DunningCase::number).orElse(NONE),
                customer.map(Customer::name).orElse(NONE),
                customer.map(Customer::number).orElse(NONE),
                model.map(ProblemWords::name).orElse(NONE),
                model.map(one -> step(one, problem.activityId())).orElse(NONE),
                shortened(problem.error()),
                AT.format(problem.since().atZone(zone(dunningCase))),
                list.times(problem));
    }

    /** What the form of a task shows. */
    VariableMap forTask(Problem problem) {
        Facts shown = of(problem);
        return Variables.createVariables()
                .putValue(AttendToProblemProcess.KIND, problem.kind().name())
                .putValue(AttendToProblemProcess.TITLE, problem.kind().title)
                .putValue(AttendToProblemProcess.MEANING, problem.kind().meaning)
                .putValue(AttendToProblemProcess.PROCESS, plain(shown.process()))
                .putValue(AttendToProblemProcess.STEP, plain(shown.step()))
                .putValue(AttendToProblemProcess.ERROR, plain(shown.error()))
                .putValue(AttendToProblemProcess.SINCE, shown.since())
                .putValue(AttendToProblemProcess.TIMES, shown.times())
                .putValue(AttendToProblemProcess.CASE_NUMBER, shown.caseNumber())
                .putValue(AttendToProblemProcess.CUSTOMER_NAME, plain(shown.customerName()))
                .putValue(AttendToProblemProcess.CUSTOMER_NUMBER, plain(shown.customerNumber()));
    }

    /** Name of the task. */
    String title(Problem problem) {
        Facts shown = of(problem);
        return problem.kind().title + ": " + whom(problem, shown);
    }

    private static String whom(Problem problem, Facts shown) {
        if (problem.caseId() != null) {
            return shown.customerName() + ", " + shown.caseNumber();
        }
        return problem.customerId() == null ? shown.process() : shown.customerName() + ", " + shown.customerNumber();
    }

    /** Forms show texts as Markdown: what a customer or a mail server wrote must not act as markup. */
    private static String plain(String text) {
        return text.replace('<', '‹')
                .replace('>', '›')
                .replace('[', '(')
                .replace(']', ')')
                .replace('|', '/')
                .replace('*', '·')
                .replace('`', '\'')
                .replace('\\', '/')
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
    }

    private java.time.ZoneId zone(Optional<DunningCase> dunningCase) {
        return dunningCase
                .map(one -> receivables.creditor(one.creditorId()).timeZone())
                .orElse(clock.getZone());
    }

    private Optional<BpmnModelInstance> model(@Nullable String definitionId) {
        try {
            return Optional.ofNullable(definitionId).map(repository::getBpmnModelInstance);
        } catch (ProcessEngineException e) {
            // Deleted with its versions; the problem is none the smaller.
            return Optional.empty();
        }
    }

    private static String name(BpmnModelInstance model) {
        return model.getModelElementsByType(org.camunda.bpm.model.bpmn.instance.Process.class).stream()
                .map(process -> process.getName() == null ? process.getId() : process.getName())
                .findFirst()
                .orElse(NONE);
    }

    private static String step(BpmnModelInstance model, @Nullable String activityId) {
        if (activityId == null) {
            return NONE;
        }
        return model.getModelElementById(activityId) instanceof FlowElement element && element.getName() != null
                ? element.getName()
                : activityId;
    }

    private static String shortened(@Nullable String error) {
        if (error == null || error.isBlank()) {
            return NONE;
        }
        return error.length() <= LONGEST ? error : error.substring(0, LONGEST) + " […]";
    }
}
