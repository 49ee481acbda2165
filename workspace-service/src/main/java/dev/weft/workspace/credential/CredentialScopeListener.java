package dev.weft.workspace.credential;

import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.event.FactHandler;
import dev.weft.workspace.membership.MembershipEnd;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hears what happens to the owners of credentials; doing it twice does no harm. */
@Configuration(proxyBeanMethods = false)
class CredentialScopeListener {

    @Bean
    FactHandler credentialsOfMembersWhoLeft(InternalCredentialService credentials) {
        return new FactHandler(Fact.MEMBERSHIP_CHANGED, changed -> passOn(credentials, changed));
    }

    private static void passOn(InternalCredentialService credentials, DomainEvent changed) {
        MembershipEnd.of(changed).filter(MembershipEnd::isOfWorkspace).ifPresent(end -> {
            var heir = end.heirId();
            if (heir != null) {
                credentials.passOn(end.scopeId(), end.userId(), heir, changed.at());
            }
        });
    }
}
