package dev.weft.execution.process;

import java.util.List;

/** Where all processes of the service leave their marks. */
interface ProcessMarks {

    void put(ProcessMark mark);

    void remove(String id);

    /** Of all processes, those that have died too. */
    List<ProcessMark> all();

    /** Forgets those that have not been renewed since. */
    void forget(long before);
}
