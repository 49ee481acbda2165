package dev.weft.identity.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.weft.common.crypto.Secret;
import dev.weft.common.problem.ProblemException;
import dev.weft.common.service.SetClock;
import dev.weft.identity.machinekey.MachineKey;
import dev.weft.identity.machinekey.MachineKeyRepository;
import dev.weft.identity.tenantrecord.Tenant;
import dev.weft.identity.tenantrecord.TenantRepository;
import dev.weft.identity.userrecord.UserRepository;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens of machine keys are taken (api-meshes 1.2, 6.6, 6.7). */
class MachineLoginsTest {

    private static final String TENANT = "59d3562c68ed850019bde27f";
    private static final String ACCESS_KEY = "mk_abcdefghijklmnopqrst-_";
    private static final String SECRET = "0123456789012345678901234567890123456789abc";
    private static final String ADDRESS = "192.0.2.7";

    private final SetClock clock = new SetClock();
    private final AtomicReference<MachineKey> stored = new AtomicReference<>(key(null, null));
    private final List<Instant> noted = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> counted = new ConcurrentHashMap<>();
    private final MachineLogins logins =
            new MachineLogins(keys(), tenants(), attempts(), new LoginNotes(users(), keys(), clock), clock);

    @Test
    void takesWhatIsSignedWithTheKeyAndSaysSo() {
        assertThat(status(token(_ -> {}))).isEqualTo(200);
        for (var org :
                List.of(TENANT, "59d3562c-68ed-8850-8019-bde27f000000", "59D3562C-68ED-4850-8019-BDE27F000000")) {
            assertThat(status(token(claims -> claims.claim("org", org))))
                    .as(org)
                    .isEqualTo(200);
        }
        assertThat(status(token(claims -> claims.notBeforeTime(at(4))))).isEqualTo(200);
        assertThat(status(token(claims -> claims.issueTime(at(5)).expirationTime(at(65)))))
                .isEqualTo(200);
        assertThat(status(token(claims -> claims.issueTime(at(-64)).expirationTime(at(-4)))))
                .isEqualTo(200);
        assertThat(counted).isEmpty();
    }

    @Test
    void refusesEachClaimThatIsNotTheKeys() {
        assertThat(List.<Consumer<JWTClaimsSet.Builder>>of(
                        claims -> claims.issuer("urn:meshes:m2m:mk_0000000000000000000000"),
                        claims -> claims.issuer(null),
                        claims -> claims.audience("meshes-api-2"),
                        claims -> claims.audience(List.of("meshes-api", "other")),
                        claims -> claims.audience(List.of()),
                        claims -> claims.claim("org", null),
                        claims -> claims.claim("org", 7),
                        claims -> claims.claim("org", "59d3562c-68ed-5850-8019-bde27f000000"),
                        claims -> claims.claim("org", "69d3562c68ed850019bde27f"),
                        claims -> claims.expirationTime(null),
                        claims -> claims.issueTime(null),
                        claims -> claims.expirationTime(at(61)),
                        claims -> claims.issueTime(at(6)).expirationTime(at(66)),
                        claims -> claims.issueTime(at(-65)).expirationTime(at(-5)),
                        claims -> claims.notBeforeTime(at(6))))
                .allSatisfy(change -> assertThat(status(token(change))).isEqualTo(401));
        assertThat(counted).as("a right key with a wrong clock is no guess").isEmpty();
    }

    @Test
    void aTokenDoesNotChooseHowItIsVerified() {
        var parts = token(_ -> {}).split("\\.", -1);
        var none = base64("{\"alg\":\"none\",\"kid\":\"%s\"}".formatted(ACCESS_KEY)) + "." + parts[1] + ".";
        var unsigned = parts[0] + "." + parts[1] + ".";
        var longer =
                MachineTokens.token(JWSAlgorithm.HS512, ACCESS_KEY, SECRET + SECRET, TENANT, clock.instant(), _ -> {});
        var renamed =
                base64("{\"alg\":\"RS256\",\"kid\":\"%s\"}".formatted(ACCESS_KEY)) + "." + parts[1] + "." + parts[2];

        stored.set(new MachineKey(
                ACCESS_KEY, TENANT, null, "n", "admin", new Secret(SECRET + SECRET), "u", clock.instant(), null, null));
        assertThat(MachineToken.read(none)).isEmpty();
        assertThat(MachineToken.read(unsigned)).isEmpty();
        assertThat(status(longer)).isEqualTo(401);
        assertThat(status(renamed)).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "a.b.c", "mk_abc", "eyJhbGciOiJIUzI1NiJ9.e30.c2ln"})
    void whatNamesNoKeyIsForTheDirectoryToJudge(String text) {
        assertThat(MachineToken.read(text)).isEmpty();
    }

    @Test
    void guessesAreThrottledButNeverTheRightKey() {
        var guess = MachineTokens.token(ACCESS_KEY, SECRET.replace('a', 'b'), TENANT, clock.instant(), _ -> {});

        for (var i = 0; i < FailedAttempts.LIMIT; i++) {
            assertThat(status(guess)).isEqualTo(401);
        }
        assertThat(status(guess)).isEqualTo(429);
        assertThat(status(token(_ -> {}))).isEqualTo(200);
    }

    @Test
    void aKeyEndsWhenItsTimeIsUp() {
        stored.set(key(null, clock.instant().plusSeconds(10)));
        assertThat(status(token(_ -> {}))).isEqualTo(200);

        clock.advance(Duration.ofSeconds(10));
        assertThat(status(token(_ -> {}))).isEqualTo(401);
    }

    @Test
    void aRevokedKeyIsNone() {
        stored.set(null);

        assertThat(status(token(_ -> {}))).isEqualTo(401);
    }

    @Test
    void itsUseIsNotedOnceAMinute() {
        var first = clock.instant();
        assertThat(status(token(_ -> {}))).isEqualTo(200);
        await().until(() -> noted.equals(List.of(first)));

        stored.set(key(first, null));
        clock.advance(Duration.ofSeconds(60));
        assertThat(status(token(_ -> {}))).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
        assertThat(status(token(_ -> {}))).isEqualTo(200);
        await().until(() -> noted.contains(first.plusSeconds(61)));
        // A note is taken beside the request: one of the second before would have been begun before this one.
        await().during(Duration.ofMillis(200)).until(() -> noted.equals(List.of(first, first.plusSeconds(61))));
    }

    private String token(Consumer<JWTClaimsSet.Builder> change) {
        return MachineTokens.token(ACCESS_KEY, SECRET, TENANT, clock.instant(), change);
    }

    private int status(String token) {
        var read = MachineToken.read(token).orElseThrow();
        var refusal = catchThrowableOfType(ProblemException.class, () -> logins.authenticate(read, ADDRESS));
        return refusal == null ? 200 : refusal.first().code().status();
    }

    private Date at(int seconds) {
        return Date.from(clock.instant().plusSeconds(seconds));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private MachineKey key(Instant lastUsed, Instant expires) {
        return new MachineKey(
                ACCESS_KEY, TENANT, null, "n", "admin", new Secret(SECRET), "u", clock.instant(), lastUsed, expires);
    }

    private MachineKeyRepository keys() {
        return (MachineKeyRepository) Proxy.newProxyInstance(
                MachineKeyRepository.class.getClassLoader(),
                new Class<?>[] {MachineKeyRepository.class},
                (_, method, arguments) -> switch (method.getName()) {
                    case "find" ->
                        Optional.ofNullable(stored.get())
                                .filter(key -> key.accessKey().equals(arguments[0]));
                    case "noteUse" -> {
                        noted.add((Instant) arguments[1]);
                        yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static UserRepository users() {
        return (UserRepository) Proxy.newProxyInstance(
                UserRepository.class.getClassLoader(), new Class<?>[] {UserRepository.class}, (_, method, _) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    private TenantRepository tenants() {
        var tenant = new Tenant(TENANT, "code", "n", "d", "e", Map.of(), List.of(), clock.instant(), 1);
        return (TenantRepository) Proxy.newProxyInstance(
                TenantRepository.class.getClassLoader(),
                new Class<?>[] {TenantRepository.class},
                (_, _, arguments) -> Optional.of(tenant).filter(one -> one.id().equals(arguments[0])));
    }

    private FailedAttempts attempts() {
        return new FailedAttempts() {
            @Override
            public FailedAttempt count(String user, String address) {
                return new FailedAttempt("1", user, address, counted.merge(user + address, 1, Integer::sum));
            }

            @Override
            public void takeBack(FailedAttempt attempt) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
