package org.dunlin.dunning.engine;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.dunning.GivenUpDebts;
import org.dunlin.dunning.HoldRescue;
import org.dunlin.dunning.HoldResults;
import org.dunlin.dunning.LeftOut;
import org.dunlin.dunning.LeftOut.Step;
import org.dunlin.dunning.Pauses;
import org.dunlin.dunning.PayDays;
import org.dunlin.dunning.PayDays.Counts;
import org.dunlin.dunning.Settlement;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.scoring.DailyRunProcess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@ModelBean("dailyReconcile")
class DailyReconcileDelegate implements JavaDelegate {

    private static final Logger log = LoggerFactory.getLogger(DailyReconcileDelegate.class);

    private static final int BATCH = 1000;

    private final Settlement settlement;
    private final GivenUpDebts givenUp;
    private final HoldRescue lostHolds;
    private final HoldResults holds;
    private final Pauses pauses;
    private final LeftOut leftOut;
    private final PayDays payDays;

    DailyReconcileDelegate(
            Settlement settlement,
            GivenUpDebts givenUp,
            HoldRescue lostHolds,
            HoldResults holds,
            Pauses pauses,
            LeftOut leftOut,
            PayDays payDays) {
        this.settlement = settlement;
        this.givenUp = givenUp;
        this.lostHolds = lostHolds;
        this.holds = holds;
        this.pauses = pauses;
        this.leftOut = leftOut;
        this.payDays = payDays;
    }

    @Override
    public void execute(DelegateExecution execution) {
        if (!Boolean.TRUE.equals(execution.getVariable(DailyOpenCasesDelegate.MORE_TO_DO))) {
            leftOut.forget(Step.TELL_CASE, Step.END_HOLD, Step.START_HOLD);
        }
        boolean more = settlement.reconcile(BATCH) == BATCH;
        more |= givenUp.reconcile(BATCH) == BATCH;
        more |= holds.reconcile(BATCH) == BATCH;
        more |= lostHolds.reconcile(BATCH) == BATCH;
        more |= pauses.reconcile(BATCH) == BATCH;
        execution.setVariable(DailyOpenCasesDelegate.MORE_TO_DO, more);
        if (!more) {
            sumUp(execution);
        }
    }

    private void sumUp(DelegateExecution execution) {
        Counts counts = payDays.counts();
        execution.setVariable(DailyRunProcess.WAITING_FOR_PAY_DAY, counts.waiting());
        execution.setVariable(DailyRunProcess.PAID_BY_THEMSELVES, counts.paidByThemselves());
        log.info(
                "{} cases wait for the customer's usual pay day; {} more were paid without any contact",
                counts.waiting(),
                counts.paidByThemselves());
    }
}
