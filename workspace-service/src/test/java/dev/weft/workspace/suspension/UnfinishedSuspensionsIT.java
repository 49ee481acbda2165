package dev.weft.workspace.suspension;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.messaging.InstanceSubscription;
import dev.weft.store.EmbeddedStore;
import dev.weft.workspace.Tenancy;
import dev.weft.workspace.contract.ContractFacts;
import dev.weft.workspace.contractrecord.ChangedContract;
import dev.weft.workspace.contractrecord.ContractRepository;
import dev.weft.workspace.contractrecord.ContractStatus;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A suspension whose word, or whose end, was lost on the way. */
class UnfinishedSuspensionsIT {

    private static EmbeddedStore store;
    private static Tenancy tenancy;
    private static InstanceSubscription ear;
    private static final ConcurrentLinkedQueue<DomainEvent> heard = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void start() throws Exception {
        store = EmbeddedStore.inMemory();
        tenancy = new Tenancy(store);
        var listening = new CountDownLatch(1);
        ear = tenancy.server
                .bean(InstanceQueue.class)
                .subscribe(heard::add, listening::countDown, Fact.CONTRACT_SUSPENDING);
        ear.start();
        assertThat(listening.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @AfterAll
    static void stop() {
        ear.stop();
        tenancy.close();
        store.close();
    }

    private static List<Long> versions(String contract) {
        return heard.stream()
                .filter(event -> event.subjectId().equals(contract))
                .map(DomainEvent::version)
                .toList();
    }

    @Test
    void isToldAgainUnderItsNumberUntilTheFlowsHaveStopped() {
        var contract = tenancy.aContract(tenancy.person("Owner"));
        var contracts = tenancy.server.bean(ContractRepository.class);
        var facts = tenancy.server.bean(ContractFacts.class);
        contracts.change(contract, found -> new ChangedContract(found.suspend(), facts.suspending(found, "")));
        await().atMost(ofSeconds(30)).until(() -> versions(contract).size() == 1);
        var number = contracts.find(contract).orElseThrow().suspension();

        tenancy.server.bean(UnfinishedSuspensions.class).sweep();

        await().atMost(ofSeconds(30))
                .untilAsserted(() -> assertThat(versions(contract)).containsExactly(number, number));
        tenancy.server.bean(ContractSuspensionService.class).finish(contract, number);
        assertThat(contracts.find(contract).orElseThrow().status()).isEqualTo(ContractStatus.SUSPENDED);
        tenancy.server.bean(UnfinishedSuspensions.class).sweep();
        await().during(ofSeconds(1))
                .atMost(ofSeconds(30))
                .until(() -> versions(contract).size() == 2);
    }
}
