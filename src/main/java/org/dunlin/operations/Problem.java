package org.dunlin.operations;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that will not get better by itself.
 *
 * @param subject          what it is about: the job or external task that failed, the case, the process instance, the contact, or what was left out
 * @param customerId       where it concerns a customer and not only one of their cases
 * @param instanceId       process instance that failed or stands still; null where there is none
 * @param definitionId     model that failed, in the version that runs
 * @param activityId       its step
 * @param error            as the engine or the worker put it
 * @param since            when it failed; when it was found where nothing else is known
 * @param attendInstanceId process that puts it on the list
 * @param putOffUntil      until then nobody is asked
 */
record Problem(
        long id,
        Kind kind,
        String subject,
        @Nullable Long customerId,
        @Nullable Long caseId,
        @Nullable String instanceId,
        @Nullable String definitionId,
        @Nullable String activityId,
        @Nullable String error,
        Instant since,
        @Nullable String attendInstanceId,
        @Nullable Instant putOffUntil) {

    /** What went wrong, in plain words, and the actions that can help. */
    enum Kind {
        STEP_FAILED(
                "A step failed",
                "The case stands at this step until somebody removes the cause. Its retries are used up.",
                "failedStepAction",
                List.of(Action.TRY_AGAIN, Action.START_AGAIN, Action.TOMORROW)),
        RUN_FAILED(
                "A run failed",
                "This concerns no single case: a daily run, an import or another process of the house stands still until"
                        + " somebody removes the cause.",
                "failedRunAction",
                List.of(Action.TRY_AGAIN, Action.TOMORROW)),
        CUSTOMER_LEFT_OUT(
                "A customer was left out",
                "What is done for all customers at once did not go through for this one, while it did for the others."
                        + " Each daily run tries again.",
                "leftOutAction",
                List.of(Action.RUN_NOW, Action.TOMORROW)),
        CASE_WITHOUT_PROCESS(
                "A case has lost its process",
                "The case is open, but nothing follows it up: its process was deleted, or never began.",
                "lostProcessAction",
                List.of(Action.START_AGAIN, Action.CLOSE_RECORD, Action.TOMORROW)),
        PROCESS_WITHOUT_CASE(
                "A process runs without its case",
                "The case is closed, or goes on in another process, but this process still runs and could contact the"
                        + " customer.",
                "strayProcessAction",
                List.of(Action.END_PROCESS, Action.TOMORROW)),
        STANDS_STILL(
                "A case stands still",
                "Nothing will ever happen in this case by itself: no wait, no message and no task, although it is not on"
                        + " hold.",
                "standstillAction",
                List.of(Action.ACTIVATE, Action.START_AGAIN, Action.TOMORROW)),
        LOST_CONTACT(
                "A message was left half-way",
                "A worker stopped when it was about to send this message, and the case or hold has left the step since: no"
                        + " worker comes back to it. Look it up in the mail server's log. Until somebody says what became of"
                        + " it, the case keeps its ladder.",
                "lostContactAction",
                List.of(Action.WAS_SENT, Action.NOT_SENT, Action.TOMORROW));

        final String title;
        final String meaning;
        /** Key of the form's field that asks what to do. */
        final String answer;

        final List<Action> actions;

        Kind(String title, String meaning, String answer, List<Action> actions) {
            this.title = title;
            this.meaning = meaning;
            this.answer = answer;
            this.actions = actions;
        }
    }

    /** What a person can do about a problem. */
    enum Action {
        TRY_AGAIN("tryAgain", "Try the step again"),
        RUN_NOW("runNow", "Start a daily run now"),
        START_AGAIN("startAgain", "Start the case again, above the rungs it has climbed"),
        CLOSE_RECORD("closeRecord", "Close the case: nothing is open any more"),
        END_PROCESS("endProcess", "End the process"),
        ACTIVATE("activate", "Lift the suspension"),
        WAS_SENT("wasSent", "It was sent"),
        NOT_SENT("notSent", "It was not sent: leave it at that, the case has moved on"),
        TOMORROW("tomorrow", "Leave it until tomorrow");

        final String key;
        final String label;

        Action(String key, String label) {
            this.key = key;
            this.label = label;
        }

        static Optional<Action> of(@Nullable String key) {
            return Arrays.stream(values())
                    .filter(action -> action.key.equals(key))
                    .findFirst();
        }
    }
}
