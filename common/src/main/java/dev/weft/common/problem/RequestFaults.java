package dev.weft.common.problem;

import java.util.ArrayList;
import java.util.List;

/**
 * The faults of one request, gathered so that all are told at once (api-v2 1.5): first by who reads it, then by the use
 * case, which knows what the values must fit. Conflicts, of a type or an id, count only when all values are right (1.3).
 */
public final class RequestFaults {

    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> conflicts = new ArrayList<>();

    /** @param value the name of the value to blame, or a part of it: {@code keys/host} */
    public void add(String value, String detail) {
        add(Problem.invalid(value, detail));
    }

    /** A fault more, unless there are as many as an answer tells. */
    public void add(Problem problem) {
        if (problems.size() < Problem.MOST) {
            problems.add(problem);
        }
    }

    public void addConflict(Problem conflict) {
        conflicts.add(conflict);
    }

    public boolean isEmpty() {
        return problems.isEmpty() && conflicts.isEmpty();
    }

    /** Those of values, without conflicts. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** Refuses the request with all faults found so far, or with its conflicts if it has no others. */
    public void orThrow() {
        var reported = problems.isEmpty() ? conflicts : problems;
        if (!reported.isEmpty()) {
            throw new ProblemException(reported);
        }
    }
}
