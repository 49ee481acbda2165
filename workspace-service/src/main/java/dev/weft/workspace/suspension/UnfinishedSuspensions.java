package dev.weft.workspace.suspension;

import static java.time.Duration.ofMinutes;

import dev.weft.common.duty.Duty;
import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.workspace.contract.ContractFacts;
import dev.weft.workspace.contractrecord.ContractRepository;
import dev.weft.workspace.contractrecord.ContractStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Service;

/**
 * Tells flow-service every minute which contracts wait for their flows to stop, under the number of the suspension: if
 * the first word of it was lost it begins, if the answer was lost that is told again, and otherwise nothing happens.
 */
@Service
class UnfinishedSuspensions {

    private final ContractRepository contracts;
    private final ContractFacts facts;
    private final ConfirmedPublisher publisher;

    UnfinishedSuspensions(ContractRepository contracts, ContractFacts facts, ConfirmedPublisher publisher) {
        this.contracts = contracts;
        this.facts = facts;
        this.publisher = publisher;
    }

    @Bean
    Duty unfinishedSuspensionsDuty() {
        return Duty.ofService("unfinished-suspensions", ofMinutes(1), this::sweep);
    }

    void sweep() {
        for (var id : contracts.suspending()) {
            contracts
                    .find(id)
                    .filter(contract -> contract.status() == ContractStatus.SUSPENDING)
                    .ifPresent(contract -> publisher.publish(facts.suspendingStill(contract)));
        }
    }
}
