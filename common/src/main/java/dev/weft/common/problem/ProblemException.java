package dev.weft.common.problem;

import java.util.List;
import java.util.stream.Collectors;

/** Carries one refusal, or all faults of one body, to the edge, where it becomes an error document. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final transient List<Problem> problems;

    public ProblemException(Problem problem) {
        this(List.of(problem));
    }

    public ProblemException(List<Problem> problems) {
        super(problems.stream().map(Problem::detail).collect(Collectors.joining(" ")), null, false, false);
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }

    public Problem first() {
        return problems.getFirst();
    }
}
