package org.dunlin.contact;

import java.util.Collection;
import org.dunlin.platform.engine.Worker;

/** Workers by the name of their class, because most of them are known to their own package only. */
public final class Workers {

    private Workers() {}

    /** The one of that name. */
    public static Worker named(String name, Collection<? extends Worker> workers) {
        return workers.stream().filter(worker -> is(worker, name)).findFirst().orElseThrow();
    }

    public static boolean is(Worker worker, String name) {
        return worker.getClass().getSimpleName().equals(name);
    }
}
