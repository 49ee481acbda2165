package dev.weft.bench.launch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BrokerQueueTest {

    private static final String FLOW = "0123456789abcdef01234567";
    private static final String RUN = "0123456789abcdef0123456789abcdef";

    @Test
    void knowsTheFlowAndTheRunOfAStepsQueue() {
        var queue = queue(FLOW + ".my.step." + RUN + ".messages");

        assertThat(queue.flow()).isEqualTo(FLOW);
        assertThat(queue.run()).isEqualTo(RUN);
    }

    @Test
    void takesNoOtherQueueForOneOfAFlow() {
        assertThat(queue("weft.execution-service.commands").flow()).isEmpty();
        assertThat(queue("reply." + RUN).flow()).isEmpty();
    }

    private static BrokerQueue queue(String name) {
        return new BrokerQueue(name, 0, 0, 0);
    }
}
