package dev.weft.common.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClients;
import dev.weft.store.EmbeddedStore;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.data.mongodb.core.convert.NoOpDbRefResolver;
import org.springframework.data.mongodb.core.mapping.MongoMappingContext;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

class StringIdsIT {

    private static final String ID = "59d3562c68ed850019bde27f";

    public record Thing(@Id String id, String name) {}

    @Test
    void hexTextStaysTextInDocumentsRecordsAndQueries() {
        try (var store = EmbeddedStore.inMemory();
                var client = MongoClients.create(store.connectionString())) {
            var mongo = new MongoTemplate(
                    new SimpleMongoClientDatabaseFactory(client, "ids"),
                    new StringIds(NoOpDbRefResolver.INSTANCE, new MongoMappingContext()));

            mongo.insert(new Thing(ID, "one"), "things");

            var byId = Query.query(Criteria.where("_id").is(ID));
            assertThat(mongo.findById(ID, Thing.class, "things")).isEqualTo(new Thing(ID, "one"));
            assertThat(mongo.findOne(byId, Document.class, "things")).containsEntry("_id", ID);
        }
    }
}
