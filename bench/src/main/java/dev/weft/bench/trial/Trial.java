package dev.weft.bench.trial;

import java.util.List;

/** Faults of one kind under calls; what must hold goes to the verdict. */
public interface Trial {

    /** Whose jars are needed. */
    default List<String> modules() {
        return List.of("standalone", "embedded-store");
    }

    /** After which it is given up. */
    int minutes();

    void run(TrialSetting setting) throws Exception;
}
