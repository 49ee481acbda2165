package dev.weft.workspace.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.problem.ProblemCode;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MembersTest {

    private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");

    @Test
    void theFirstMemberIsAnOwner() {
        assertThat(refusal(Members.none().add("ann", List.of("admin"), START))).isEqualTo(ProblemCode.INVALID_STATE);
        assertThat(accepted(Members.none().add("ann", List.of("owner"), START)).ids())
                .containsExactly("ann");
    }

    @Test
    void nobodyIsAMemberTwice() {
        assertThat(refusal(members("ann:owner").add("ann", List.of("guest"), START)))
                .isEqualTo(ProblemCode.ALREADY_EXISTS);
    }

    @Test
    void theLastOwnerStaysOne() {
        var members = members("ann:owner", "bob:admin");

        assertThat(refusal(members.remove("ann"))).isEqualTo(ProblemCode.INVALID_STATE);
        assertThat(refusal(members.changeRoles("ann", List.of("admin")))).isEqualTo(ProblemCode.INVALID_STATE);
        assertThat(accepted(members.changeRoles("ann", List.of("owner", "admin")))
                        .find("ann"))
                .hasValueSatisfying(ann -> assertThat(ann.roles()).containsExactly("owner", "admin"));
    }

    @Test
    void whoIsNoMemberIsNeitherChangedNorRemoved() {
        var members = members("ann:owner");

        assertThat(refusal(members.changeRoles("bob", List.of("guest")))).isEqualTo(ProblemCode.NOT_FOUND);
        assertThat(refusal(members.remove("bob"))).isEqualTo(ProblemCode.NOT_FOUND);
        assertThat(refusal(members.removeEvenTheOnly("bob"))).isEqualTo(ProblemCode.NOT_FOUND);
    }

    @Test
    void oneOfTwoOwnersMayGo() {
        assertThat(accepted(members("ann:owner", "bob:owner").remove("ann")).ids())
                .containsExactly("bob");
    }

    @Test
    void theOnlyMemberOfAContractMayGo() {
        assertThat(accepted(members("ann:owner").removeEvenTheOnly("ann")).ids())
                .isEmpty();
        assertThat(refusal(members("ann:owner", "bob:member").removeEvenTheOnly("ann")))
                .isEqualTo(ProblemCode.INVALID_STATE);
    }

    @Test
    void whoRemovesAMemberInheritsAndElseTheOldestOwner() {
        var members = members("ann:owner", "bob:owner", "cid:guest");

        assertThat(members.heirOf("cid", "bob")).hasValue("bob");
        assertThat(members.heirOf("cid", "tenant-admin")).hasValue("ann");
        assertThat(members.heirOf("ann", "ann")).hasValue("bob");
    }

    @Test
    void whatAMemberOwnsStaysAndWhatNobodyOwnsIsTheOldestOwners() {
        var members = members("ann:guest", "bob:owner", "cid:owner");

        assertThat(members.ownerInPlaceOf("ann")).hasValue("ann");
        assertThat(members.ownerInPlaceOf("gone")).hasValue("bob");
    }

    @Test
    void aLostOwnerIsReplacedByTheOldestMember() {
        assertThat(members("ann:owner", "bob:guest", "cid:guest").afterLossOf("ann"))
                .isEqualTo(new Members(List.of(
                        new Member("bob", List.of("owner"), START.plusSeconds(1)),
                        new Member("cid", List.of("guest"), START.plusSeconds(2)))));
    }

    private static Members members(String... idAndRole) {
        var since = Stream.iterate(START, instant -> instant.plusSeconds(1)).iterator();
        return new Members(Stream.of(idAndRole)
                .map(text -> text.split(":"))
                .map(parts -> new Member(parts[0], List.of(parts[1]), since.next()))
                .toList());
    }

    private static Members accepted(MembersChange change) {
        assertThat(change).isInstanceOf(MembersChange.Accepted.class);
        return ((MembersChange.Accepted) change).members();
    }

    private static ProblemCode refusal(MembersChange change) {
        assertThat(change).isInstanceOf(MembersChange.Refused.class);
        return ((MembersChange.Refused) change).why().code();
    }
}
