package org.dunlin.contact.delivery;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.dunlin.contact.Channel;
import org.dunlin.dunning.DunningCase;
import org.dunlin.dunning.DunningCases;
import org.dunlin.dunning.Hold;
import org.dunlin.dunning.HoldStatements;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Customer;
import org.dunlin.receivables.Receivables;

/** By which channel a customer wants to hear from us. Decided when a step begins; whether it is still possible shows when it is done. */
@ModelBean("channels")
public class Channels {

    private static final String CASE_ID = "caseId";
    private static final String HOLD_ID = "holdId";

    private final Receivables receivables;
    private final DunningCases cases;
    private final HoldStatements holds;
    private final Map<Channel, Carrier> carriers;
    private final String otherwise;

    Channels(Receivables receivables, DunningCases cases, HoldStatements holds, List<Carrier> carriers) {
        this.receivables = receivables;
        this.cases = cases;
        this.holds = holds;
        this.carriers = carriers.stream().collect(Collectors.toMap(Carrier::channel, carrier -> carrier));
        this.otherwise =
                Objects.requireNonNull(this.carriers.get(Channel.EMAIL)).topic();
    }

    /**
     * Topic of the channel that the customer has chosen, if it is open to the creditor and the customer is reached by it; else that of
     * e-mail.
     */
    public String chosen(VariableScope execution) {
        TypedVariables variables = TypedVariables.of(execution);
        if (execution.hasVariable(HOLD_ID)) {
            Hold hold = holds.hold(variables.requireLong(HOLD_ID));
            return topic(hold.customerId(), hold.creditorId());
        }
        DunningCase dunningCase = cases.get(variables.requireLong(CASE_ID));
        return topic(dunningCase.customerId(), dunningCase.creditorId());
    }

    private String topic(long customerId, long creditorId) {
        Customer customer = receivables.customer(customerId);
        Creditor creditor = receivables.creditor(creditorId);
        Carrier chosen =
                customer.preferredChannel() == null ? null : carriers.get(Channel.valueOf(customer.preferredChannel()));
        return chosen != null && chosen.address(customer, creditor) instanceof Address.Usable
                ? chosen.topic()
                : otherwise;
    }
}
