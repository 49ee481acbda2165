package dev.weft.identity.policy;

import dev.weft.identity.policyrecord.PolicyRepository;
import dev.weft.identity.tenantend.TenantLeftovers;
import org.springframework.stereotype.Service;

/** A policy goes with its tenant. */
@Service
class PolicyLeftovers implements TenantLeftovers {

    private final PolicyRepository policies;

    PolicyLeftovers(PolicyRepository policies) {
        this.policies = policies;
    }

    @Override
    public void removeAllOf(String tenantId) {
        policies.remove(tenantId);
    }
}
