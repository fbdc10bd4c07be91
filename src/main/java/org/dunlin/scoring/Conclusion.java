package org.dunlin.scoring;

import java.util.List;
import org.dunlin.scoring.CustomerScore.Reason;

/** What the decisions make of one customer's facts. */
record Conclusion(
        int score,
        String segment,
        String cell,
        String behaviour,
        String size,
        List<Reason> reasons,
        PaymentTerms terms) {}
