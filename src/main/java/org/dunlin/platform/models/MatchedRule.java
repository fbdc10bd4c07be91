package org.dunlin.platform.models;

import java.util.List;
import java.util.Map;

/**
 * A rule of a decision table that applied: the reason for a result, in the words of whoever wrote the table.
 *
 * @param decision key of the decision the rule belongs to
 * @param subject  name of that decision
 * @param id       id of the rule in the model
 * @param text     the rule's annotation; empty when its author wrote none
 * @param criteria labels of the inputs the rule looks at, in the order of the columns; empty for a rule that always applies
 * @param outputs  what the rule contributed, by output name
 */
public record MatchedRule(
        String decision, String subject, String id, String text, List<String> criteria, Map<String, Object> outputs) {

    public MatchedRule {
        criteria = List.copyOf(criteria);
        outputs = Map.copyOf(outputs);
    }
}
