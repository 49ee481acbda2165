package dev.weft.execution.usage;

import dev.weft.common.jsonapi.ListQuery;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The query of usages: {@code from} and {@code to} are needed, as dates or instants; {@code group_by} day or month. */
final class UsageListing {

    private static final Set<String> GROUPS = Set.of("day", "month");
    private static final int DATE = "2026-11-30".length();

    private final ListQuery query;

    UsageListing(ListQuery query) {
        this.query = query;
    }

    UsagePeriod period() {
        var problems = new ArrayList<Problem>();
        var from = day("from", problems);
        var to = day("to", problems);
        var group = query.first("group_by").orElse("day");
        if (!GROUPS.contains(group)) {
            problems.add(Problem.parameter("group_by", "group_by must be day or month."));
        }
        if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
            problems.add(Problem.parameter("from", "from must not be after to."));
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return new UsagePeriod(from.orElseThrow(), to.orElseThrow(), group.equals("month"));
    }

    private Optional<LocalDate> day(String name, List<Problem> problems) {
        var text = query.first(name);
        if (text.isEmpty()) {
            problems.add(Problem.parameter(name, name + " is required."));
            return Optional.empty();
        }
        try {
            return Optional.of(
                    text.get().length() <= DATE
                            ? LocalDate.parse(text.get())
                            : OffsetDateTime.parse(text.get())
                                    .atZoneSameInstant(ZoneOffset.UTC)
                                    .toLocalDate());
        } catch (DateTimeException e) {
            problems.add(Problem.parameter(name, name + " must be an ISO date."));
            return Optional.empty();
        }
    }
}
