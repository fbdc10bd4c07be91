package org.dunlin.dunning.engine;

import org.camunda.bpm.engine.delegate.DelegateTask;

/** The text of a letter as a variable that a form shows. */
final class LetterText {

    private static final int MOST = 4000;

    private LetterText() {}

    /** Lets the form lead to the letter on paper. */
    static void link(DelegateTask task, String template) {
        task.setVariableLocal(StepProcesses.LETTER_TEMPLATE, template);
        task.setVariableLocal(StepProcesses.LETTER_LINK, StepProcesses.LETTERS + task.getId());
    }

    /** The engine keeps texts of up to 4,000 characters; a task without its full text is better than no task. */
    static String fitting(String text) {
        return text.length() <= MOST ? text : text.substring(0, 3950) + "\n[…] The rest stands in the statement.";
    }
}
