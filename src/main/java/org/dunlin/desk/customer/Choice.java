package org.dunlin.desk.customer;

import java.util.List;
import org.dunlin.dunning.DisputeReasons;

/** An entry of a list to choose from. */
record Choice(String key, String words) {

    /** What an invoice can be contested for. */
    static List<Choice> ofDisputeReasons() {
        return DisputeReasons.keys().stream()
                .map(key -> new Choice(key, DisputeReasons.words(key)))
                .toList();
    }
}
