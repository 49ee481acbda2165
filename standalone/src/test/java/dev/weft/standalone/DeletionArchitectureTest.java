package dev.weft.standalone;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.deletion.DeletionScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Who stores something of workspaces or contracts takes part in their deletion: with a {@code DeletionParticipant}, and in
 * the list of those whose word the owner waits for.
 */
class DeletionArchitectureTest {

    private static final Pattern DOOR = Pattern.compile("(Mongo|Stored).*");
    private static final Pattern OF_WORKSPACES =
            Pattern.compile("\"(workspace|workspace_?[iI]d|w)\"|String workspace\\w*[,)]");
    private static final Pattern OF_CONTRACTS =
            Pattern.compile("\"(contract|contract_?[iI]d|k)\"|String contract\\w*[,)]");
    private static final Pattern PARTICIPANT = Pattern.compile("implements [^{]*\\bDeletionParticipant\\b");

    /** Who removes what is kept of a flow does it for the flows of a workspace. */
    private static final Pattern REMOVER = Pattern.compile("implements [^{]*\\b(DeletionParticipant|FlowRemains)\\b");

    /**
     * The records of what is deleted are the owner's, and go at the end; how collections are asked is none, nor is whom
     * flows belong to, which stands in the flows.
     */
    private static final Set<String> NO_CONTENTS = Set.of(
            "dev.weft.workspace.contractrecord",
            "dev.weft.workspace.workspacerecord",
            "dev.weft.execution.store",
            "dev.weft.flow.heir");

    /** What stays when the place is gone, and why. */
    private static final Map<String, String> KEPT = Map.of(
            "dev.weft.identity.audit",
            "The trail says who deleted the place; its entries are kept for a time that is set (WEFT_AUDIT_RETENTION).",
            "dev.weft.common.audit",
            "In each service's audit_outbox an entry waits until identity-service is sure to get it, and no longer.");

    /** By module, what it stores something of: what has a workspace goes with that, whether it names the contract or not. */
    private static Map<String, Set<DeletionScope>> storing(List<JavaSource> files) {
        return byModule(files, file -> {
            if (!isDoor(file)) {
                return Stream.empty();
            }
            if (OF_WORKSPACES.matcher(file.code()).find()) {
                return Stream.of(DeletionScope.WORKSPACE);
            }
            return OF_CONTRACTS.matcher(file.code()).find() ? Stream.of(DeletionScope.CONTRACT) : Stream.empty();
        });
    }

    private static boolean isDoor(JavaSource file) {
        return DOOR.matcher(file.name()).matches()
                && !file.module().equals("common")
                && !KEPT.containsKey(file.packageName());
    }

    /** Features that store something of a place, and that nobody who removes has to do with. */
    private static List<String> forgotten(List<JavaSource> files) {
        var removed = files.stream()
                .filter(file -> REMOVER.matcher(file.code()).find())
                .flatMap(file -> Stream.concat(Stream.of(file.packageName()), file.named().stream()))
                .collect(toSet());
        return files.stream()
                .filter(DeletionArchitectureTest::isDoor)
                .filter(file -> OF_WORKSPACES.matcher(file.code()).find()
                        || OF_CONTRACTS.matcher(file.code()).find())
                .map(JavaSource::packageName)
                .filter(feature -> !removed.contains(feature) && !NO_CONTENTS.contains(feature))
                .distinct()
                .toList();
    }

    private static Map<String, Set<DeletionScope>> takingPart(List<JavaSource> files) {
        return byModule(
                files,
                file -> PARTICIPANT.matcher(file.code()).find()
                        ? Stream.of(DeletionScope.values())
                                .filter(scope -> file.code().contains("DeletionScope." + scope.name()))
                        : Stream.empty());
    }

    private static Map<String, Set<DeletionScope>> byModule(
            List<JavaSource> files, Function<JavaSource, Stream<DeletionScope>> scopes) {
        var all = new TreeMap<String, Set<DeletionScope>>();
        files.stream().collect(groupingBy(JavaSource::module)).forEach((module, its) -> {
            var found = its.stream().flatMap(scopes).collect(toCollection(TreeSet::new));
            if (!found.isEmpty()) {
                all.put(module, found);
            }
        });
        return all;
    }

    /** Who breaks it, and how. */
    private static List<String> faults(List<JavaSource> files) {
        var takingPart = takingPart(files);
        return storing(files).entrySet().stream()
                .flatMap(module -> module.getValue().stream()
                        .filter(scope -> !takingPart
                                .getOrDefault(module.getKey(), Set.of())
                                .contains(scope))
                        .map(scope -> module.getKey() + " stores something of a " + scope
                                + " and has no DeletionParticipant for it"))
                .toList();
    }

    private static List<JavaSource> suite() throws IOException {
        return SuiteSources.below(Path.of("..")).files();
    }

    @Test
    void whoStoresSomethingOfAPlaceTakesPartInItsDeletion() throws IOException {
        assertThat(storing(suite()).keySet())
                .as("the rule sees those that are known to")
                .contains("workspace-service", "flow-service", "execution-service", "component-registry");
        assertThat(faults(suite())).isEmpty();
        assertThat(forgotten(suite()))
                .as("a feature that stores something of workspaces or contracts: nobody removes it with them")
                .isEmpty();
    }

    @Test
    void whatIsKeptAfterADeletionIsThere() throws IOException {
        var stored = suite().stream()
                .filter(file -> DOOR.matcher(file.name()).matches())
                .map(JavaSource::packageName)
                .collect(toSet());

        assertThat(stored).as("an exception for what is no more").containsAll(KEPT.keySet());
    }

    @Test
    void theOwnerWaitsForThoseThatTakePartAndForNobodyElse() throws IOException {
        var takingPart = takingPart(suite());
        for (var scope : List.of(DeletionScope.WORKSPACE, DeletionScope.CONTRACT)) {
            assertThat(takingPart.entrySet().stream()
                            .filter(module -> module.getValue().contains(scope))
                            .map(Map.Entry::getKey))
                    .as("%s: the list in DeletionScope", scope)
                    .containsExactlyInAnyOrderElementsOf(scope.services());
        }
    }

    @Test
    void aServiceThatDoesNotTakePartIsFound() {
        var store = JavaSource.read(
                "app-service",
                "MongoApps.java",
                "package dev.weft.app;\nclass MongoApps { Object a = where(\"workspace\"); }\n");
        var stored = JavaSource.read(
                "app-service",
                "StoredParameter.java",
                "package dev.weft.app;\nrecord StoredParameter(String id, String contract) {}\n");
        var part = JavaSource.read(
                "app-service",
                "AppsOfWorkspace.java",
                "package dev.weft.app;\nclass AppsOfWorkspace implements DeletionParticipant {"
                        + " Object scope = DeletionScope.WORKSPACE; }\n");

        assertThat(faults(List.of(store, stored))).hasSize(2);
        assertThat(faults(List.of(store, stored, part)))
                .containsExactly("app-service stores something of a CONTRACT and has no DeletionParticipant for it");
        assertThat(faults(List.of(part))).isEmpty();
        assertThat(forgotten(List.of(store, part))).isEmpty();
        assertThat(forgotten(List.of(store))).containsExactly("dev.weft.app");
        var kept = JavaSource.read(
                "identity-service",
                "MongoAudits.java",
                "package dev.weft.identity.audit;\nclass MongoAudits { Object a = where(\"contract\"); }\n");
        assertThat(faults(List.of(kept))).isEmpty();
        assertThat(forgotten(List.of(kept))).isEmpty();
    }
}
