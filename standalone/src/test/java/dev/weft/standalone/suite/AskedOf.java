package dev.weft.standalone.suite;

import static java.util.stream.Collectors.toMap;

import dev.weft.standalone.suite.DescribedApi.Operation;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which default roles an operation lets in, read from its {@code x-permission}: {@code a or b}, {@code a and b},
 * {@code member, or a}, {@code caller}, {@code nobody}. What stands behind a semicolon or colon is about attributes and
 * does not count. Words that say something else are spelled out here; those that nobody has spelled out are a failure,
 * so that no endpoint goes untested.
 */
final class AskedOf {

    private static final Pattern PERMISSION = Pattern.compile("[a-z]+\\.[a-zA-Z_]+\\.[a-zA-Z_]+");
    private static final Pattern EVERYBODY = Pattern.compile("caller( who is a user)?");
    private static final Pattern IN_CONTRACT = Pattern.compile("member of (the|its) contract");
    private static final Pattern IN_WORKSPACE =
            Pattern.compile("member( of its workspace| of what the context names)?");

    /** As the requests of {@code IsolationIT} are. */
    private static final Map<String, Predicate<DefaultRole>> SPELLED_OUT = Map.of(
            // Somebody in no contract.
            "GET /v2/users/{user}", role -> role.holds("tenants.user.get"),
            // Somebody in the workspace.
            "GET /v2/members/{user}", role -> role.isInWorkspace() || role == DefaultRole.TENANT_ADMIN,
            // By the name alone.
            "PATCH /v2/contracts/{contract}", role -> role.holds("contracts.contract.edit"),
            "PATCH /v2/contracts/{contract}/invites/{invite}",
                    role -> role.holds("contracts.membership.edit") || role.holds("contracts.membership.edit_directly"),
            // Who owns a contract is told to name one.
            "GET /v2/audit", role -> role == DefaultRole.TENANT_ADMIN || role == DefaultRole.CONTRACT_OWNER);

    private AskedOf() {}

    static Map<DefaultRole, Boolean> roles(Operation operation) {
        var lets = rule(operation);
        return Stream.of(DefaultRole.values()).collect(toMap(role -> role, lets::test));
    }

    private static Predicate<DefaultRole> rule(Operation operation) {
        var spelledOut = SPELLED_OUT.get(operation.method() + " " + operation.path());
        if (spelledOut != null) {
            return spelledOut;
        }
        var asked = operation.description().path("x-permission").asString("");
        var first = asked.split("[;:]", -1)[0].replace("†", "").strip();
        if (EVERYBODY.matcher(first).matches()) {
            return _ -> true;
        }
        if (first.equals("nobody")) {
            return _ -> false;
        }
        return Stream.of(first.split(",? or ", -1))
                .map(term -> all(operation, term.strip()))
                .reduce(Predicate::or)
                .orElseThrow();
    }

    private static Predicate<DefaultRole> all(Operation operation, String term) {
        return Stream.of(term.split(" and ", -1))
                .map(word -> one(operation, word.strip()))
                .reduce(Predicate::and)
                .orElseThrow();
    }

    private static Predicate<DefaultRole> one(Operation operation, String word) {
        if (PERMISSION.matcher(word).matches()) {
            return role -> role.holds(word);
        }
        if (word.equals("tenant admin")) {
            return role -> role == DefaultRole.TENANT_ADMIN;
        }
        if (IN_CONTRACT.matcher(word).matches()) {
            return DefaultRole::isInContract;
        }
        if (IN_WORKSPACE.matcher(word).matches()) {
            return operation.path().startsWith("/v2/contracts/")
                    ? DefaultRole::isInContract
                    : DefaultRole::isInWorkspace;
        }
        throw new AssertionError("Nobody knows who \"" + word + "\" is, whom " + operation.method() + " "
                + operation.path() + " asks for: spell it out in AskedOf.");
    }
}
