package dev.weft.flow.graph;

import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemSource;
import dev.weft.common.problem.RequestFaults;
import java.util.ArrayList;
import java.util.List;

/**
 * The faults found in one value of a request, no more than an answer tells; each names the part to blame by a path below
 * that value.
 */
public final class GraphFaults {

    private final String value;
    private final List<Problem> problems = new ArrayList<>();

    /** @param value its name, such as {@code graph} */
    public GraphFaults(String value) {
        this.value = value;
    }

    /** @param path JSON pointer below the value, such as {@code /nodes/1/id} */
    public void add(String path, String detail) {
        if (!isFull()) {
            problems.add(Problem.invalid(value + path, detail));
        }
    }

    /** Whether looking for more is in vain. */
    boolean isFull() {
        return problems.size() >= Problem.MOST;
    }

    public boolean isEmpty() {
        return problems.isEmpty();
    }

    public List<Problem> problems() {
        return problems;
    }

    /** Adds them to those of the whole request. */
    public void addTo(RequestFaults all) {
        problems.forEach(all::add);
    }

    /** A member's name as one part of a path. */
    static String part(String name) {
        return "/" + ProblemSource.part(name);
    }
}
