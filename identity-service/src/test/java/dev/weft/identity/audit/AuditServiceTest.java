package dev.weft.identity.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.common.access.Caller;
import dev.weft.common.audit.AuditEntry;
import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuditServiceTest {

    private static final String TENANT = "t".repeat(24);
    private static final String OTHER = "u".repeat(24);
    private static final String CONTRACT = "c".repeat(24);
    private static final String GONE = "d".repeat(24);

    private final Map<String, Boolean> ownerOf = new HashMap<>(Map.of(CONTRACT, false));
    private final AuditService service = new AuditService(
            new AuditRepository() {
                @Override
                public void add(List<AuditEntry> entries) {}

                @Override
                public FoundAudit list(AuditFilter filter, int skip, int size) {
                    asked = filter;
                    return new FoundAudit(List.of(), 0);
                }

                @Override
                public boolean knowsContract(@Nullable String tenantId, String contractId) {
                    return (tenantId == null || tenantId.equals(TENANT)) && contractId.equals(GONE);
                }

                @Override
                public void removeBefore(Instant limit) {}
            },
            new ContractOwners() {
                @Override
                public Optional<Boolean> isOwner(Caller caller, String contractId) {
                    return Optional.ofNullable(ownerOf.get(contractId));
                }

                @Override
                public boolean isOwnerOfAny(Caller caller) {
                    return ownerOf.containsValue(true);
                }
            });

    private @Nullable AuditFilter asked;

    private static Caller caller(Caller.Kind kind, @Nullable String tenant, String... roles) {
        return new Caller(kind, "ann", tenant, "ann@example.com", List.of(roles), "Bearer x");
    }

    private static final Caller ADMIN = caller(Caller.Kind.USER, TENANT, "tenant-admin");
    private static final Caller USER = caller(Caller.Kind.USER, TENANT);
    private static final Caller ACCOUNT = caller(Caller.Kind.SERVICE_ACCOUNT, null);

    private void list(Caller caller, @Nullable String contract, @Nullable String tenant) {
        service.list(
                caller,
                contract,
                () -> new AuditFilter(tenant, contract, null, null, null, null, null, null, null),
                0,
                50);
    }

    private ProblemCode refusal(Caller caller, @Nullable String contract) {
        try {
            list(caller, contract, TENANT);
            throw new AssertionError("It was not refused.");
        } catch (ProblemException e) {
            return e.first().code();
        }
    }

    @Test
    void anAdministratorReadsTheOwnTenantWhateverIsAsked() {
        list(ADMIN, null, OTHER);

        assertThat(asked).isNotNull().extracting(AuditFilter::tenantId).isEqualTo(TENANT);
    }

    @Test
    void anAdministratorReadsOfAContractAlsoWhenItIsGone() {
        list(ADMIN, CONTRACT, TENANT);
        list(ADMIN, GONE, TENANT);

        assertThat(asked).isNotNull().extracting(AuditFilter::contractId).isEqualTo(GONE);
        assertThat(refusal(ADMIN, OTHER)).isEqualTo(ProblemCode.NOT_FOUND);
    }

    @Test
    void aServiceAccountReadsEveryTenant() {
        list(ACCOUNT, null, null);
        assertThat(asked).isNotNull().extracting(AuditFilter::tenantId).isNull();

        list(ACCOUNT, CONTRACT, OTHER);
        assertThat(asked).isNotNull().extracting(AuditFilter::tenantId).isEqualTo(OTHER);
    }

    @Test
    void aServiceAccountReadsOfAContractThatIsGoneAsAnAdministratorDoes() {
        list(ACCOUNT, GONE, null);

        assertThat(asked).isNotNull().extracting(AuditFilter::contractId).isEqualTo(GONE);
        assertThat(refusal(ACCOUNT, OTHER)).isEqualTo(ProblemCode.NOT_FOUND);
    }

    @Test
    void anOwnerReadsOfTheOwnContractAlone() {
        ownerOf.put(CONTRACT, true);

        list(USER, CONTRACT, TENANT);

        assertThat(asked).isNotNull().extracting(AuditFilter::contractId).isEqualTo(CONTRACT);
        assertThat(refusal(USER, null)).isEqualTo(ProblemCode.INVALID_PARAMETER);
        assertThat(refusal(USER, OTHER)).isEqualTo(ProblemCode.NOT_FOUND);
        assertThat(refusal(USER, GONE)).isEqualTo(ProblemCode.NOT_FOUND);
    }

    @Test
    void whoOwnsItNotReadsNothingAndLearnsNothingOfTheQuery() {
        assertThatThrownBy(() -> service.list(
                        USER,
                        CONTRACT,
                        () -> {
                            throw new AssertionError("It was read.");
                        },
                        0,
                        50))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.first().code()).isEqualTo(ProblemCode.FORBIDDEN));
        assertThat(Set.of(ProblemCode.FORBIDDEN)).contains(refusal(USER, CONTRACT));
        assertThat(refusal(USER, null)).as("nor with a parameter more").isEqualTo(ProblemCode.FORBIDDEN);
    }
}
