package dev.weft.execution.process;

import java.util.List;

/** The store of the signs of life of all processes of the service. */
interface ProcessMarks {

    void put(ProcessMark mark);

    void remove(String id);

    /** Of all processes, those that have died too. */
    List<ProcessMark> all();

    /** Forgets those that have not been renewed since. */
    void forget(long before);
}
