package dev.weft.flow.graph;

import dev.weft.common.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/** All faults found in one value of a document; each names the member to blame by a path below that value. */
public final class GraphFaults {

    private final String pointer;
    private final List<Problem> problems = new ArrayList<>();

    /** @param pointer of the value, such as {@code /data/attributes/graph} */
    public GraphFaults(String pointer) {
        this.pointer = pointer;
    }

    /** @param path JSON pointer below the value, such as {@code /nodes/1/id} */
    public void add(String path, String detail) {
        problems.add(Problem.invalid(pointer + path, detail));
    }

    public boolean isEmpty() {
        return problems.isEmpty();
    }

    public List<Problem> problems() {
        return problems;
    }

    /** A member's name as one part of a JSON pointer (RFC 6901). */
    static String part(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
