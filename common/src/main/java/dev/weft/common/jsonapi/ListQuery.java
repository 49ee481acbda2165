package dev.weft.common.jsonapi;

import dev.weft.common.id.Ids;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The query of a list: page, filters, sort, include, search (api-v2 1.4). A controller declares the supported members
 * with {@link Rules}; unknown {@code filter[..]}, {@code page[..]}, {@code sort} and {@code include} members are
 * refused, other unknown parameters are ignored.
 */
public final class ListQuery {

    /**
     * The members that a list supports. {@code defaultSize} 0: the whole list is returned unless the client asks for a
     * page.
     */
    public record Rules(int defaultSize, Set<String> filters, Set<String> sorts, Set<String> includes) {

        public static Rules paged(int defaultSize) {
            return new Rules(defaultSize, Set.of(), Set.of(), Set.of());
        }

        public static Rules whole() {
            return paged(0);
        }

        public Rules filters(String... names) {
            return new Rules(defaultSize, Set.of(names), sorts, includes);
        }

        public Rules sorts(String... names) {
            return new Rules(defaultSize, filters, Set.of(names), includes);
        }

        public Rules includes(String... names) {
            return new Rules(defaultSize, filters, sorts, Set.of(names));
        }
    }

    /** A page, counted from 1; {@code size} at most 100. */
    public record Page(int number, int size) {
        /** How many come before it; drivers take an int, and no list is as long as a billion. */
        public int skip() {
            // Computed as long, since a page number of ten digits would overflow an int to negative.
            return (int) Math.min(1_000_000_000, (long) (number - 1) * size);
        }

        /**
         * The page that begins where this one does and holds at most {@code most}: pages of one size have no gaps. It is
         * no larger than one that can be asked for, since its links ask for its neighbours.
         */
        Page reducedTo(int most) {
            var smaller = Math.min(most, LARGEST_PAGE);
            while (skip() % smaller != 0) {
                smaller--;
            }
            return new Page(skip() / smaller + 1, smaller);
        }
    }

    /** One sort member. */
    public record Sort(String field, boolean descending) {}

    private static final Pattern POSITIVE = Pattern.compile("0*[1-9][0-9]*");
    private static final BigInteger LARGEST = BigInteger.valueOf(Integer.MAX_VALUE);
    private static final int LARGEST_PAGE = 100;
    /** A list given whole still has an end. */
    private static final int WHOLE = 10_000;

    private final String path;
    private final QueryParameters parameters;
    private final Rules rules;
    private final Page page;

    private ListQuery(String path, QueryParameters parameters, Rules rules) {
        this.path = path;
        this.parameters = parameters;
        this.rules = rules;
        var problems = new ArrayList<Problem>();
        checkNames(problems);
        this.page = readPage(problems);
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
    }

    public static ListQuery of(HttpServletRequest request, Rules rules) {
        return new ListQuery(request.getRequestURI(), QueryParameters.parse(request.getQueryString()), rules);
    }

    private void checkNames(List<Problem> problems) {
        for (var name : parameters.names()) {
            if (name.startsWith("filter[") && !rules.filters().contains(inner(name))) {
                problems.add(Problem.parameter(name, "This list has no filter of that name."));
            }
            if (name.startsWith("page[") && !name.equals("page[size]") && !name.equals("page[number]")) {
                problems.add(Problem.parameter(name, "A page has a size and a number only."));
            }
        }
        sort().filter(sort -> !rules.sorts().contains(sort.field()))
                .ifPresent(sort -> problems.add(
                        Problem.parameter("sort", "This list can not be sorted by " + sort.field() + ".")));
        for (var include : includes()) {
            if (!rules.includes().contains(include)) {
                problems.add(Problem.parameter("include", "There is nothing called " + include + " to include."));
            }
        }
    }

    private static String inner(String name) {
        return name.endsWith("]") ? name.substring(name.indexOf('[') + 1, name.length() - 1) : "";
    }

    private Page readPage(List<Problem> problems) {
        var asked = isPageAsked();
        var size = positive("page[size]", rules.defaultSize() > 0 ? rules.defaultSize() : asked ? 50 : WHOLE, problems);
        var number = positive("page[number]", 1, problems);
        return new Page(number, asked || rules.defaultSize() > 0 ? Math.min(size, LARGEST_PAGE) : size);
    }

    private int positive(String name, int absent, List<Problem> problems) {
        var text = first(name);
        if (text.isEmpty()) {
            return absent;
        }
        if (POSITIVE.matcher(text.get()).matches()) {
            // A number of any length is valid: asking for a page behind the last one is no fault.
            return new BigInteger(text.get()).min(LARGEST).intValue();
        }
        problems.add(Problem.parameter(name, name + " must be an integer of at least 1."));
        return absent;
    }

    public Page page() {
        return page;
    }

    /** True when the answer must carry page totals and links. */
    public boolean isPaged() {
        return rules.defaultSize() > 0 || isPageAsked();
    }

    private boolean isPageAsked() {
        return parameters.has("page[size]") || parameters.has("page[number]");
    }

    public String path() {
        return path;
    }

    public Optional<String> first(String name) {
        return parameters.all(name).stream().findFirst();
    }

    /** Every value of a repeatable parameter. */
    public List<String> all(String name) {
        return parameters.all(name);
    }

    /**
     * The values of {@code filter[name]}, each once: any of them may match; empty when the filter was not sent. How many
     * there are may tell a list whether there is anything to filter.
     */
    public List<String> filter(String name) {
        return first("filter[" + name + "]").stream()
                .flatMap(v -> Stream.of(v.split(",", -1)))
                .distinct()
                .toList();
    }

    /** A filter whose values must be among the given ones. */
    public List<String> filter(String name, Set<String> allowed) {
        var values = filter(name);
        for (var value : values) {
            if (!allowed.contains(value)) {
                throw Problem.parameter("filter[" + name + "]", value + " is not a value of this filter.")
                        .exception();
            }
        }
        return values;
    }

    /** A filter of entity ids. */
    public List<String> idFilter(String name) {
        var values = filter(name);
        for (var value : values) {
            if (!Ids.isEntity(value)) {
                throw Problem.parameter("filter[" + name + "]", value + " is not an identifier.")
                        .exception();
            }
        }
        return values;
    }

    /** The id in a required query parameter such as {@code workspace_id}. */
    public String requireId(String name) {
        var value = first(name)
                .orElseThrow(
                        () -> Problem.parameter(name, name + " is required.").exception());
        if (!Ids.isEntity(value)) {
            throw Problem.parameter(name, value + " is not an identifier.").exception();
        }
        return value;
    }

    public Optional<String> optionalId(String name) {
        return first(name).isEmpty() ? Optional.empty() : Optional.of(requireId(name));
    }

    public Optional<Sort> sort() {
        return first("sort")
                .map(text -> text.startsWith("-") ? new Sort(text.substring(1), true) : new Sort(text, false));
    }

    public Set<String> includes() {
        return first("include")
                .filter(text -> !text.isBlank())
                .<Set<String>>map(text -> new LinkedHashSet<>(List.of(text.split(",", -1))))
                .orElse(Set.of());
    }

    /** The path of another page of this list, other parameters kept. */
    String link(long number, int size) {
        return path + "?" + parameters.ofPage(number, size);
    }
}
