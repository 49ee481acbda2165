package dev.weft.common.problem;

import java.util.List;
import java.util.stream.Collectors;

/** Carries one refusal, or the faults of one body (the first hundred of them), to the edge, where it becomes an error document. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final transient List<Problem> problems;

    public ProblemException(Problem problem) {
        this(List.of(problem));
    }

    public ProblemException(List<Problem> problems) {
        // Without a stack: it is an answer, made in thousands by clients that are wrong, and no fault of ours.
        super(text(problems), null, false, false);
        this.problems = problems.stream().limit(Problem.MOST).toList();
    }

    private static String text(List<Problem> problems) {
        return problems.stream().limit(Problem.MOST).map(Problem::detail).collect(Collectors.joining(" "));
    }

    public List<Problem> problems() {
        return problems;
    }

    public Problem first() {
        return problems.getFirst();
    }
}
