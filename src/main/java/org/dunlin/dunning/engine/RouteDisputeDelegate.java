package org.dunlin.dunning.engine;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.dunlin.dunning.DisputeRouting;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;

@ModelBean("routeDispute")
class RouteDisputeDelegate implements JavaDelegate {

    private final DisputeRouting routing;

    RouteDisputeDelegate(DisputeRouting routing) {
        this.routing = routing;
    }

    @Override
    public void execute(DelegateExecution execution) {
        DisputeRouting.Route route = routing.route(TypedVariables.of(execution).requireLong(HoldProcesses.HOLD_ID));
        execution.setVariable(HoldProcesses.DEPARTMENT, route.group());
        execution.setVariable(HoldProcesses.WORKING_DAYS, route.workingDays());
    }
}
