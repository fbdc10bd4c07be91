package org.dunlin.dunning.engine;

import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.dunlin.dunning.FollowUp;
import org.dunlin.dunning.StepReport;
import org.dunlin.dunning.StepReport.Channel;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

@ModelBean("recordStep")
class RecordStepDelegate implements JavaDelegate {

    private static final Map<String, Channel> CHANNELS = Map.of(
            StepProcesses.LETTER, Channel.LETTER,
            StepProcesses.REGISTERED_LETTER, Channel.REGISTERED_LETTER,
            StepProcesses.SALES_ESCALATION, Channel.SALES,
            StepProcesses.AGENCY, Channel.AGENCY);

    private final FollowUp followUp;
    private final StepForm forms;

    RecordStepDelegate(FollowUp followUp, StepForm forms) {
        this.followUp = followUp;
        this.forms = forms;
    }

    @Override
    public void execute(DelegateExecution execution) {
        TypedVariables form = TypedVariables.of(execution);
        String step = ((ExecutionEntity) execution).getProcessDefinition().getKey();
        Channel channel = Objects.requireNonNull(CHANNELS.get(step), () -> "No step of the ladder: " + step);
        StepReport report = forms.report(channel, form);
        followUp.step(
                form.requireLong(DunningCaseProcess.CASE_ID),
                // A registered letter that reached nobody is sent again, to another address.
                channel == Channel.REGISTERED_LETTER ? Acting.passing(execution) : Acting.occurrence(execution),
                form.integer(DunningCaseProcess.RUNG, 0),
                report,
                Acting.user(execution));
    }
}
