package dev.weft.workspace.quota;

import dev.weft.common.id.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * For what a quota is set: {@code TENANT[.CONTRACT[.WORKSPACE]]}, or for all below, which ends in {@code ANY}; {@code ANY}
 * alone are all tenants.
 *
 * @param ids of tenant, contract, workspace; as many as it names
 */
record QuotaContext(List<String> ids) {

    private static final String ANY = "ANY";
    private static final int MOST_IDS = 3;

    /** Empty when it has another form. */
    static Optional<QuotaContext> parse(String text) {
        var ids = new ArrayList<String>();
        var parts = text.split("\\.", -1);
        var any = 0;
        for (var part : parts) {
            if (part.equals(ANY)) {
                any++;
            } else if (any > 0 || !Ids.isEntity(part)) {
                return Optional.empty();
            } else {
                ids.add(part);
            }
        }
        return parts.length > MOST_IDS ? Optional.empty() : Optional.of(new QuotaContext(List.copyOf(ids)));
    }

    boolean fits(QuotaType type) {
        return ids.size() <= type.depth().ids();
    }

    /** As it is shown and stored: whether {@code ANY} was written out is all one. */
    String text(QuotaType type) {
        var named = String.join(".", ids);
        if (ids.size() == type.depth().ids()) {
            return named;
        }
        return named.isEmpty() ? ANY : named + "." + ANY;
    }

    /** This and all wider ones, the narrowest first. */
    List<QuotaContext> andWider() {
        return IntStream.rangeClosed(0, ids.size())
                .mapToObj(left -> new QuotaContext(ids.subList(0, ids.size() - left)))
                .toList();
    }
}
