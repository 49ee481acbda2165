package dev.weft.common.deletion;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.weft.common.duty.Duty;
import dev.weft.common.outbox.Outbox;
import dev.weft.common.outbox.OutboxCollection;
import dev.weft.common.outbox.OutboxRelay;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.core.MongoTemplate;

/** For services that hold something of what can be deleted. */
@AutoConfiguration(afterName = "dev.weft.common.outbox.OutboxConfiguration")
@ConditionalOnBean(DeletionParticipant.class)
class DeletionConfiguration {

    @Bean
    OutboxCollection deletionsTell() {
        return new OutboxCollection(MongoDeletionRepository.COLLECTION);
    }

    @Bean
    Deletions deletions(
            MongoTemplate mongo,
            OutboxRelay relay,
            ObjectProvider<DeletionParticipant> participants,
            Outbox outbox,
            Clock clock,
            @Value("${spring.application.name}") String service) {
        // Later, since features that take part may themselves ask whether something is being deleted.
        return new Deletions(
                new MongoDeletionRepository(mongo, relay),
                () -> participants.stream().toList(),
                outbox,
                clock,
                service);
    }

    @Bean
    Duty deletionsDuty(Deletions deletions) {
        return Duty.ofService("deletions", ofSeconds(1), deletions::sweep).within(ofMinutes(10));
    }

    @Bean
    Duty endedDeletionsDuty(Deletions deletions) {
        return Duty.ofService("ended-deletions", ofHours(1), deletions::forget)
                .first(ofMinutes(5))
                .within(ofMinutes(10));
    }
}
