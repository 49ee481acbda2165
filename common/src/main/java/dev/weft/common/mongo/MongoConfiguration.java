package dev.weft.common.mongo;

import org.bson.Document;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.core.MongoTemplate;

/**
 * The time limit of calls, and a health indicator by {@code ping}: Boot's own uses a command that the embedded store does
 * not know. The embedded store answers a ping with the reason when it can not write.
 */
@AutoConfiguration(afterName = "org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration")
@ConditionalOnBean(MongoTemplate.class)
class MongoConfiguration {

    /** For all services and whatever store: the address of one's own may name another limit. */
    @Bean
    MongoClientSettingsBuilderCustomizer storeTimeLimit(MongoConnectionDetails store) {
        return settings -> StoreTimeLimit.USUAL.applyTo(settings, store.getConnectionString());
    }

    @Bean
    HealthIndicator storeHealthIndicator(MongoTemplate mongo) {
        return new AbstractHealthIndicator() {
            @Override
            protected void doHealthCheck(Health.Builder builder) {
                mongo.executeCommand(new Document("ping", 1));
                builder.up();
            }
        };
    }
}
