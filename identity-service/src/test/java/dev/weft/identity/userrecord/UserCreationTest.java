package dev.weft.identity.userrecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.common.problem.ProblemException;
import dev.weft.identity.directory.Directory;
import dev.weft.identity.tenantrecord.Tenant;
import dev.weft.identity.tenantrecord.TenantRepository;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UserCreationTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Tenant TENANT =
            new Tenant("t", "acme", "Acme", "acme.example.com", "a@example.com", Map.of(), List.of(), NOW, 1);
    private static final User USER = new User("u", "t", "ann@example.com", "Ann", "A", null, NOW, null);

    private final List<String> done = new ArrayList<>();
    private final Deque<Optional<Tenant>> tenants = new ArrayDeque<>();
    private final UserCreation creation =
            new UserCreation(noting(UserReservations.class), noting(TenantRepository.class), noting(Directory.class));

    private <T> T noting(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, _) -> {
            if (method.getName().equals("find")) {
                return tenants.remove();
            }
            done.add(method.getName());
            return method.getReturnType() == boolean.class ? true : null;
        }));
    }

    private void create() {
        creation.create(USER, "acme", "Secret-123!");
    }

    @Test
    void aUserIsMadeInBothPlaces() {
        tenants.addAll(List.of(Optional.of(TENANT), Optional.of(TENANT)));

        create();

        assertThat(done).containsExactly("reserve", "register", "activate");
    }

    @Test
    void forATenantThatIsGoneNothingIsMadeInTheDirectory() {
        tenants.add(Optional.empty());

        assertThatThrownBy(this::create).isInstanceOf(ProblemException.class);

        assertThat(done).containsExactly("reserve", "withdraw");
    }

    @Test
    void aTenantThatGoesWhileTheAccountIsMadeLeavesNoOrganization() {
        tenants.addAll(List.of(Optional.of(TENANT), Optional.empty()));

        assertThatThrownBy(this::create).isInstanceOf(ProblemException.class);

        assertThat(done).containsExactly("reserve", "register", "removeTenant", "remove", "withdraw");
    }
}
