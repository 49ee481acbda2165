package dev.weft.common.mongo;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.convert.DbRefResolver;
import org.springframework.data.mongodb.core.convert.MappingMongoConverter;
import org.springframework.data.mongodb.core.mapping.MongoMappingContext;

/**
 * Keeps identifiers as texts. Spring Data turns every text of 24 hex characters that is used as an {@code _id} into an
 * ObjectId, in queries too, so a document stored under the text would never be found.
 */
final class StringIds extends MappingMongoConverter {

    StringIds(DbRefResolver references, MongoMappingContext context) {
        super(references, context);
    }

    @Override
    public @Nullable Object convertId(@Nullable Object id, Class<?> targetType) {
        return id instanceof String ? id : super.convertId(id, targetType);
    }
}
