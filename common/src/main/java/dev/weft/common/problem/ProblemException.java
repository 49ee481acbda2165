package dev.weft.common.problem;

import java.util.List;
import java.util.stream.Collectors;

/** Carries one refusal, or up to a hundred faults of one body, to the edge, where it becomes an error document. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final transient List<Problem> problems;

    public ProblemException(Problem problem) {
        this(List.of(problem));
    }

    public ProblemException(List<Problem> problems) {
        // Without a stack trace: it is an ordinary answer, of which clients may cause thousands, and no fault of ours.
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
