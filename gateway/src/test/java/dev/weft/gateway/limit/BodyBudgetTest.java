package dev.weft.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class BodyBudgetTest {

    private static final int MIB = 1024 * 1024;

    private final BodyBudget budget = new BodyBudget(10 * MIB);

    @Test
    void readsNoMoreThanThereIsMemoryForAndGivesItBack() throws IOException {
        try (var first = budget.open(request("10.0.0.1", 4 * MIB));
                var second = budget.open(request("10.0.0.2", 4 * MIB))) {
            first.take(4 * MIB);
            second.take(4 * MIB);
            var third = request("10.0.0.3", 3 * MIB);

            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> {
                        try (var _ = budget.open(third)) {
                            LimitedBody.open(third).read(5 * MIB);
                        }
                    })
                    .satisfies(refusal -> {
                        assertThat(refusal.first().code()).isEqualTo(ProblemCode.UNAVAILABLE);
                        assertThat(refusal.first().meta()).containsKey(RetryLater.META);
                    });
            assertThat(budget.used()).isEqualTo(8 * MIB);
        }
        assertThat(budget.used()).isZero();
        var fourth = request("10.0.0.3", 3 * MIB);
        try (var _ = budget.open(fourth)) {
            assertThat(LimitedBody.open(fourth).read(5 * MIB)).hasSize(3 * MIB);
        }
    }

    @Test
    void oneAddressAndOneContractHaveHalfOfIt() {
        try (var first = budget.open(request("10.0.0.1", 0));
                var second = budget.open(request("10.0.0.1", 0));
                var other = budget.open(request("10.0.0.2", 0))) {
            first.alsoOf("contract c");
            first.take(4 * MIB);

            assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> second.take(2 * MIB));
            other.take(2 * MIB);
            assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> other.alsoOf("contract c"));
        }
        assertThat(budget.used()).isZero();
    }

    @Test
    void aTenantHasThreeQuartersOfItWhateverItsAddresses() {
        try (var first = budget.open(request("10.0.0.1", 0));
                var second = budget.open(request("10.0.0.2", 0));
                var third = budget.open(request("10.0.0.3", 0));
                var other = budget.open(request("10.0.0.4", 0))) {
            first.alsoOfTenant("t");
            second.alsoOfTenant("t");
            first.take(4 * MIB);
            second.take(3 * MIB);
            third.take(MIB);

            assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> third.alsoOfTenant("t"));
            other.alsoOfTenant("u");
            other.take(2 * MIB);
        }
        assertThat(budget.used()).isZero();
    }

    @Test
    void theWorkOnLargeBodiesHasAShareToo() throws InterruptedException {
        var begun = new CountDownLatch(1);
        try (var first = budget.open(request("10.0.0.1", 0));
                var second = budget.open(request("10.0.0.1", 0));
                var other = budget.open(request("10.0.0.2", 0))) {
            var turn = first.work(5 * MIB);
            var waiting = Thread.ofVirtual().start(() -> {
                try (var _ = second.work(MIB)) {
                    begun.countDown();
                }
            });

            try (var _ = other.work(5 * MIB);
                    var _ = second.work(BodyBudget.SMALL)) {
                assertThat(begun.getCount()).isOne();
            }
            turn.close();
            assertThat(waiting.join(Duration.ofSeconds(10))).isTrue();
            assertThat(begun.getCount()).isZero();
        }
    }

    @Test
    void aBodyThatTakesTooLongIsGivenUp() {
        var now = new AtomicLong();
        var request = request("10.0.0.1", 3 * MIB);
        request.setAttribute(
                BodyTime.class.getName(),
                new BodyTime(
                        Duration.ofSeconds(30),
                        () -> now.getAndAdd(Duration.ofSeconds(5).toNanos())));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> LimitedBody.open(request).read(5 * MIB));
    }

    private static MockHttpServletRequest request(String address, int length) {
        var request = new MockHttpServletRequest("POST", "/hook/x");
        request.setRemoteAddr(address);
        request.setContent(new byte[length]);
        return request;
    }
}
