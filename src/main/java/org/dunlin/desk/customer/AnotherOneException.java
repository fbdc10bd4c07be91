package org.dunlin.desk.customer;

import java.util.List;
import org.dunlin.dunning.Hold;
import org.dunlin.platform.engine.RefusedException;

/** There is a hold of this kind already, and whoever wants a second one did not say that they know. */
class AnotherOneException extends RefusedException {

    private static final long serialVersionUID = 1L;

    private final String existing;

    AnotherOneException(List<Hold> existing, String words) {
        super(words);
        this.existing =
                String.join(",", existing.stream().map(Hold::number).sorted().toList());
    }

    /** Numbers of those that are there, with commas between. */
    String existing() {
        return existing;
    }
}
