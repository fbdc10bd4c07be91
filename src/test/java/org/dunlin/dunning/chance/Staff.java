package org.dunlin.dunning.chance;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.dunlin.Timeline;
import org.dunlin.dunning.InvalidOutcomeException;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The people who follow up: answer about every other task each evening, in any way the form allows. */
@TestComponent
public class Staff {

    private final TaskService tasks;
    private final JdbcClient jdbc;
    private final Timeline timeline;
    private final Map<String, Function<Random, Map<String, Object>>> forms;
    private final Map<String, Integer> answered = new TreeMap<>();
    private Random postman = new Random(0);
    private final Map<Long, Random> moods = new HashMap<>();

    Staff(TaskService tasks, JdbcClient jdbc, Timeline timeline) {
        this.tasks = tasks;
        this.jdbc = jdbc;
        this.timeline = timeline;
        this.forms = Map.ofEntries(
                Map.entry("callCustomer", this::call),
                Map.entry("correctAddress", this::address),
                Map.entry(
                        "noteReceipt",
                        random -> Map.of(
                                "outcome",
                                one(random, "received", "received", "refused", "unclaimed", "unknownAddress"))),
                Map.entry(
                        "postRegisteredLetter",
                        random -> Map.of(
                                "outcome", "sent", "letterText", "Pay", "sentOn", in(0), "trackingNumber", "RR123")),
                Map.entry("talkToCustomer", random -> switch (random.nextInt(6)) {
                    case 0 -> Map.of("outcome", "willPay", "promiseDate", in(random.nextInt(9)));
                    case 1 -> Map.of("outcome", "stopUntil", "until", in(random.nextInt(9)), "reason", "Talks");
                    case 2 -> Map.of("outcome", "creditStop", "reason", "Too much");
                    default -> Map.of("outcome", "goOn");
                }),
                Map.entry(
                        "confirmHandOver",
                        random -> Map.of("outcome", one(random, "handedOver", "handedOver", "notYet"), "note", "So")),
                Map.entry("recordAgencyResult", this::agency),
                Map.entry("checkLedger", random -> Map.of("outcome", one(random, "booked", "notFound"))),
                Map.entry("answerAgency", random -> Map.of("answer", "So")),
                Map.entry(
                        "decideNextStep",
                        random -> Map.of("outcome", one(random, "agency", "startAgain", "writeOff"), "note", "So")),
                Map.entry("resolveDispute", this::dispute),
                Map.entry("decideDispute", this::dispute),
                Map.entry(
                        "lookAfterPromise",
                        random -> Map.of("outcome", one(random, "onItsWay", "notReached", "cannotKeep", "notCalled"))),
                Map.entry("checkPlan", this::plan),
                Map.entry("tellCustomerByLetter", random -> Map.of("outcome", "sent")),
                Map.entry("confirmPlanByLetter", random -> Map.of("outcome", "sent")),
                Map.entry("decideOnInsolvency", this::insolvency));
    }

    void begin(List<Long> debtors, Story story) {
        moods.clear();
        postman = new Random(story.debtors().get(0).people());
        for (int i = 0; i < debtors.size(); i++) {
            moods.put(debtors.get(i), new Random(story.debtors().get(i).people()));
        }
    }

    /** How often which task was completed. */
    Map<String, Integer> answered() {
        return Map.copyOf(answered);
    }

    private record Waiting(String id, String kind, long customer) {}

    /** Every active task is looked at once. */
    void work() {
        // In an order that does not depend on ids that differ from run to run.
        List<Waiting> waiting = jdbc.sql(
                        """
                        select t.id_ as id, t.task_def_key_ as kind, coalesce(c.customer_id, h.customer_id) as customer
                        from act_ru_task t
                            join act_ru_execution e on e.id_ = t.proc_inst_id_
                            left join dunning_case c on c.process_instance_id = e.root_proc_inst_id_
                            left join hold h on h.process_instance_id = e.root_proc_inst_id_
                        -- A task of nobody's is what the watch will find.
                        where t.suspension_state_ = 1 and coalesce(c.customer_id, h.customer_id) is not null
                        order by customer, t.create_time_, c.id, h.id, t.task_def_key_
                        """)
                .query(Waiting.class)
                .list();
        for (Waiting task : waiting) {
            Function<Random, Map<String, Object>> form = forms.get(task.kind());
            if (form == null) {
                throw new AssertionError("Nobody expected the task " + task);
            }
            Random random = moods.get(task.customer());
            boolean now = random.nextInt(5) < 3;
            Map<String, Object> answer = form.apply(random);
            if (now && isStillThere(task)) {
                complete(task, answer);
            }
        }
    }

    /**
     * What the mail room does with the runs on its table: about every other is posted, of some a letter is left, and some are not
     * printed at all.
     */
    void goToThePost() {
        for (Task run : tasks.createTaskQuery()
                .taskDefinitionKey("postLetters")
                .orderByTaskCreateTime()
                .asc()
                .list()) {
            switch (postman.nextInt(6)) {
                case 0 -> {
                    // Tomorrow.
                }
                case 1 -> complete(run, Map.of("outcome", "notPrinted"));
                case 2 -> complete(run, Map.of("outcome", "allBut", "printAgain", "1"));
                case 3 -> complete(run, Map.of("outcome", "allBut", "addressWrong", "1"));
                default -> complete(run, Map.of("outcome", "allPosted"));
            }
        }
    }

    private void complete(Task run, Map<String, Object> answer) {
        tasks.complete(run.getId(), answer);
        answered.merge("postLetters " + outcome(answer), 1, Integer::sum);
    }

    /** An answer given a moment ago may have ended it or put it on hold. */
    private boolean isStillThere(Waiting task) {
        return tasks.createTaskQuery().taskId(task.id()).active().count() == 1;
    }

    private void complete(Waiting task, Map<String, Object> answer) {
        try {
            tasks.complete(task.id(), answer);
            answered.merge(task.kind() + " " + outcome(answer), 1, Integer::sum);
        } catch (RuntimeException e) {
            if (org.springframework.core.NestedExceptionUtils.getMostSpecificCause(e)
                    instanceof InvalidOutcomeException) {
                answered.merge(task.kind() + " refused", 1, Integer::sum);
            } else {
                throw e;
            }
        }
    }

    private static Object outcome(Map<String, Object> answer) {
        return answer.getOrDefault("outcome", answer.get("agencyOutcome"));
    }

    private Map<String, Object> call(Random random) {
        String outcome = one(
                random,
                "noAnswer",
                "noAnswer",
                "refuses",
                "willPay",
                "disputes",
                "paymentPlan",
                "saysPaid",
                "wrongNumber");
        Map<String, Object> form = new HashMap<>(Map.of("outcome", outcome));
        switch (outcome) {
            case "willPay" -> form.put("promiseDate", in(random.nextInt(12)));
            case "disputes" -> form.put("disputeReason", one(random, "price", "goods", "delivery", "other"));
            case "paymentPlan" -> {
                form.put("planParts", Integer.toString(2 + random.nextInt(3)));
                form.put("planFirstDate", in(1 + random.nextInt(8)));
                form.put("planRhythm", "weekly");
            }
            case "saysPaid" -> form.put("paidOn", in(0));
            case "wrongNumber" -> form.put("correctedPhone", "+31207654321");
            default -> {
                // Nothing else to enter.
            }
        }
        return form;
    }

    private Map<String, Object> dispute(Random random) {
        String outcome = one(random, "creditExpected", "correctedInvoice", "rejected");
        return outcome.equals("rejected")
                ? Map.of("outcome", outcome, "explanation", "As was agreed")
                : Map.of("outcome", outcome);
    }

    private Map<String, Object> address(Random random) {
        return random.nextBoolean()
                ? Map.of("outcome", "cannotBeSent")
                : Map.of(
                        "outcome", "corrected", "street", "Kerkstraat 5", "postalCode", "1017 GB", "city", "Amsterdam");
    }

    private Map<String, Object> plan(Random random) {
        return Map.of("outcome", one(random, "agree", "agree", "refuse"));
    }

    private Map<String, Object> agency(Random random) {
        String outcome = one(random, "collected", "irrecoverable", "returned", "paidDirectly", "moreInformation");
        return switch (outcome) {
            case "collected" -> Map.of("agencyOutcome", outcome, "amount", "10.00");
            case "paidDirectly" -> Map.of("agencyOutcome", outcome, "amount", "10.00", "paidOn", in(0));
            default -> Map.of("agencyOutcome", outcome, "note", "So");
        };
    }

    private Map<String, Object> insolvency(Random random) {
        String outcome = one(random, "wait", "writeOff", "goOn");
        return outcome.equals("wait")
                ? Map.of("outcome", outcome, "lookAgainOn", in(1 + random.nextInt(10)))
                : Map.of("outcome", outcome);
    }

    private String in(int days) {
        LocalDate day = timeline.today().plusDays(days);
        return day.toString();
    }

    private static String one(Random random, String... of) {
        return of[random.nextInt(of.length)];
    }
}
