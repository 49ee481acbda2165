package dev.weft.workspace.credentialrecord;

import static java.time.Duration.ofSeconds;

import dev.weft.common.duty.Duty;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Repository;

/** Removes what is left of deleted credentials. */
@Repository
class MongoCredentialSweeper {

    private final MongoTemplate mongo;

    MongoCredentialSweeper(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Bean
    Duty deletedCredentialsDuty() {
        return Duty.ofService("deleted-credentials", ofSeconds(60), this::sweep).first(ofSeconds(30));
    }

    /** Removes what was deleted while the broker was away, once the fact is out. */
    void sweep() {
        mongo.remove(told(new Criteria()), StoredCredential.class);
    }

    /** Which are deleted, and have told it. */
    static Query told(Criteria criteria) {
        return Query.query(criteria.and("deleted").is(true).and("outbox").size(0));
    }
}
