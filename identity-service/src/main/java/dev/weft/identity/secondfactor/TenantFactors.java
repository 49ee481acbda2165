package dev.weft.identity.secondfactor;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.weft.common.duty.Duty;
import dev.weft.common.problem.ProblemException;
import dev.weft.identity.directory.Directory;
import dev.weft.identity.tenantrecord.SecondFactor;
import dev.weft.identity.tenantrecord.Tenant;
import dev.weft.identity.tenantrecord.TenantFactorNotes;
import dev.weft.identity.userrecord.User;
import dev.weft.identity.userrecord.UserRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Service;

/**
 * Brings what a tenant says of second factors to the accounts of its users. Which tenants have said something new is noted,
 * so that neither a crash nor an absent directory leaves some users out.
 */
@Service
class TenantFactors {

    private static final Logger log = LoggerFactory.getLogger(TenantFactors.class);
    private static final int SOME = 100;

    private final TenantFactorNotes notes;
    private final UserRepository users;
    private final Directory directory;

    TenantFactors(TenantFactorNotes notes, UserRepository users, Directory directory) {
        this.notes = notes;
        this.users = users;
        this.directory = directory;
    }

    @Bean
    Duty tenantFactorsDuty() {
        return Duty.ofService("second-factors", ofSeconds(3), this::sweep).within(ofMinutes(30));
    }

    void sweep() {
        notes.due().forEach(this::attempt);
    }

    private void attempt(Tenant tenant) {
        try {
            apply(tenant);
        } catch (ProblemException e) {
            log.debug("The second factors of tenant {} wait: {}", tenant.id(), e.getMessage());
        }
    }

    /**
     * Who is being made and has no account yet gets it from whoever makes the account, who reads what the tenant says
     * afterwards.
     */
    private void apply(Tenant tenant) {
        var factor = tenant.secondFactor();
        // From id to id and not by pages: these shift when a user goes meanwhile, and one would be left out.
        var some = users.listWithComing(tenant.id(), "", SOME);
        while (!some.isEmpty()) {
            some.forEach(user -> apply(factor, user));
            some = users.listWithComing(tenant.id(), some.getLast().id(), SOME);
        }
        notes.applied(tenant);
        log.info("Second factors of tenant {} are {}", tenant.id(), factor);
    }

    private void apply(SecondFactor factor, User user) {
        if (factor == SecondFactor.OFF) {
            directory.removeSecondFactor(user.id(), user.email());
        }
        directory.askForSecondFactor(user.id(), user.email(), factor == SecondFactor.FORCED);
    }
}
