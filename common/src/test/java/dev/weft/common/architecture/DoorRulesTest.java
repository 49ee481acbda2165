package dev.weft.common.architecture;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.weft.common.broker.ConfirmChannel;
import dev.weft.common.duty.Duty;
import dev.weft.common.event.Outgoing;
import dev.weft.common.http.HttpCaller;
import dev.weft.common.outbox.RevisionedStore;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

class DoorRulesTest {

    private static final class CallsByItself {
        HttpClient client() {
            return HttpClient.newHttpClient();
        }
    }

    private static final class CallsByURL {
        Object open() throws IOException {
            return URI.create("http://weft.test").toURL().openStream();
        }
    }

    private static final class CallsBySocket {
        Socket open() throws IOException {
            return new Socket("weft.test", 80);
        }
    }

    private static final class CallsBySpring {
        SimpleClientHttpRequestFactory factory() {
            return new SimpleClientHttpRequestFactory();
        }
    }

    private static final class RunsEverySecond {
        @Scheduled(fixedRate = 1000)
        void run() {}
    }

    @EnableScheduling
    private static final class HasScheduling {}

    private static final class OpensAChannel {
        Channel open(Connection connection) throws IOException {
            return connection.createChannel();
        }
    }

    private static final class AsksForConfirms {
        void ask(Channel channel) throws IOException {
            channel.confirmSelect();
        }
    }

    private static final class WritesAnOutbox {
        String write(Outgoing fact) {
            return fact.exchange() + fact.key() + fact.body();
        }
    }

    private static final class ReadsAnOutbox {
        Outgoing read() {
            return new Outgoing("id", "exchange", "key", "body", Instant.EPOCH);
        }
    }

    static Stream<Arguments> violations() {
        return Stream.of(
                Arguments.of(DoorRules.callsOutPassTheGuard, CallsByItself.class),
                Arguments.of(DoorRules.callsOutPassTheGuard, CallsByURL.class),
                Arguments.of(DoorRules.callsOutPassTheGuard, CallsBySocket.class),
                Arguments.of(DoorRules.callsOutPassTheGuard, CallsBySpring.class),
                Arguments.of(DoorRules.recurringWorkIsADuty, RunsEverySecond.class),
                Arguments.of(DoorRules.recurringWorkIsADuty, HasScheduling.class),
                Arguments.of(DoorRules.channelsAreOpenedInFewPlaces, OpensAChannel.class),
                Arguments.of(DoorRules.confirmsAreCountedInFewPlaces, AsksForConfirms.class),
                Arguments.of(DoorRules.outboxHasOneDoor, WritesAnOutbox.class),
                Arguments.of(DoorRules.outboxHasOneDoor, ReadsAnOutbox.class));
    }

    @ParameterizedTest
    @MethodSource("violations")
    void refusesASecondPlace(ArchRule rule, Class<?> offender) {
        assertThatThrownBy(() -> rule.check(new ClassFileImporter().importClasses(offender)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(offender.getSimpleName());
    }

    /** A rule that refuses its own place would be one that nobody can keep. */
    @Test
    void allowsTheOnePlace() {
        var doors = new ClassFileImporter()
                .importClasses(HttpCaller.class, ConfirmChannel.class, RevisionedStore.class, Duty.class);

        assertThatCode(() -> {
                    DoorRules.callsOutPassTheGuard.check(doors);
                    DoorRules.recurringWorkIsADuty.check(doors);
                    DoorRules.channelsAreOpenedInFewPlaces.check(doors);
                    DoorRules.confirmsAreCountedInFewPlaces.check(doors);
                    DoorRules.outboxHasOneDoor.check(doors);
                })
                .doesNotThrowAnyException();
    }
}
