package dev.weft.store.collection;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses index options that the store can not keep; the library would accept and ignore them. */
final class IndexDemands {
    private static final int CANNOT_CREATE_INDEX = 67;
    private static final Set<String> NEVER = Set.of("partialFilterExpression", "wildcardProjection");

    private IndexDemands() {}

    static void check(Document command) {
        if (!(command.get("indexes") instanceof Collection<?> indexes)) return;
        for (var each : indexes) {
            if (!(each instanceof Document index)) continue;
            for (var option : NEVER) if (index.containsKey(option)) throw refusal(index, option);
            if (index.get("collation") instanceof Document collation && !"simple".equals(collation.get("locale"))) {
                throw refusal(index, "collation");
            }
            if (index.get("key") instanceof Map<?, ?> key) {
                key.forEach((field, kind) -> {
                    if (!(kind instanceof Number)) throw refusal(index, field + ": " + kind);
                });
            }
        }
    }

    static boolean sameKeys(@Nullable Object keys, @Nullable Object wanted) {
        if (!(keys instanceof Document one) || !(wanted instanceof Document other)) return false;
        if (!one.keySet().stream().toList().equals(other.keySet().stream().toList())) return false;
        return one.entrySet().stream()
                .allMatch(key -> key.getValue() instanceof Number mine
                        && other.get(key.getKey()) instanceof Number theirs
                        && mine.doubleValue() == theirs.doubleValue());
    }

    private static MongoServerError refusal(Document index, String demand) {
        return new MongoServerError(
                CANNOT_CREATE_INDEX,
                "CannotCreateIndex",
                "The embedded store cannot make index " + index.get("name") + " with " + demand);
    }
}
