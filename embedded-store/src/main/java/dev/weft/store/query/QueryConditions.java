package dev.weft.store.query;

import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import dev.weft.store.key.KeyType;
import dev.weft.store.query.FieldCondition.Bound;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of a query that indexes understand: equality, {@code $in} and comparisons with scalars, also within {@code
 * $and}, and the bounds common to all branches of an {@code $or}. All other conditions are left to the matcher, which
 * checks every document found.
 */
final class QueryConditions {
    private final Map<String, FieldCondition> fields = new LinkedHashMap<>();
    private boolean complete = true;

    static QueryConditions of(Document query) {
        var conditions = new QueryConditions();
        conditions.addAll(query);
        return conditions;
    }

    @Nullable
    FieldCondition on(String field) {
        return fields.get(field);
    }

    int size() {
        return fields.size();
    }

    /** Whether the conditions say all that the query says. */
    boolean isComplete() {
        return complete && fields.values().stream().allMatch(FieldCondition::exact);
    }

    private void addAll(Document query) {
        query.forEach((name, value) -> {
            switch (name) {
                case "$and" -> branches(value).forEach(this::addAll);
                case "$or" -> addAlternatives(branches(value));
                case "$comment" -> {}
                default -> {
                    if (name.startsWith("$")) complete = false;
                    else addField(name, value);
                }
            }
        });
    }

    private List<Document> branches(@Nullable Object value) {
        List<Document> branches = new ArrayList<>();
        if (value instanceof Collection<?> values) {
            for (var each : values) if (each instanceof Document branch) branches.add(branch);
            // A branch of an $or with an unknown condition may match anything, so the other branches give no bounds.
            if (branches.size() == values.size()) return branches;
        }
        complete = false;
        return List.of();
    }

    private void addAlternatives(List<Document> branches) {
        if (branches.size() == 1) {
            addAll(branches.getFirst());
            return;
        }
        complete = false;
        if (branches.isEmpty()) return;
        var first = of(branches.getFirst());
        for (var field : first.fields.entrySet()) {
            var hull = field.getValue();
            for (var branch : branches.subList(1, branches.size())) {
                var other = of(branch).on(field.getKey());
                hull = other == null || hull == null ? null : hull.or(other);
            }
            if (hull != null) add(field.getKey(), hull.inexact());
        }
    }

    private void addField(String name, @Nullable Object value) {
        if (value instanceof Document operators) {
            if (operators.isEmpty() || !operators.keySet().iterator().next().startsWith("$")) complete = false;
            else operators.forEach((operator, operand) -> addOperator(name, operator, operand));
        } else {
            addEquality(name, value);
        }
    }

    private void addOperator(String name, String operator, @Nullable Object operand) {
        switch (operator) {
            case "$eq" -> addEquality(name, operand);
            case "$in" -> addIn(name, operand);
            case "$gt" -> addBound(name, operand, true, false);
            case "$gte" -> addBound(name, operand, true, true);
            case "$lt" -> addBound(name, operand, false, false);
            case "$lte" -> addBound(name, operand, false, true);
            default -> complete = false;
        }
    }

    private void addEquality(String name, @Nullable Object value) {
        if (isIndexable(value)) add(name, FieldCondition.anyOf(Collections.singletonList(value)));
        else complete = false;
    }

    private void addIn(String name, @Nullable Object operand) {
        if (operand instanceof Collection<?> values && values.stream().allMatch(this::isIndexable)) {
            add(name, FieldCondition.anyOf(new ArrayList<>(values)));
        } else {
            complete = false;
        }
    }

    private void addBound(String name, @Nullable Object operand, boolean lower, boolean inclusive) {
        if (operand == null || !isIndexable(operand)) {
            complete = false;
            return;
        }
        var bound = new Bound(operand, inclusive);
        add(name, lower ? FieldCondition.lower(bound) : FieldCondition.upper(bound));
    }

    private void add(String name, FieldCondition condition) {
        fields.merge(name, condition, FieldCondition::and);
    }

    /** NaN is left out, since the matcher's idea of it is its own; decimals are indexed as doubles, hence inexactly. */
    private boolean isIndexable(@Nullable Object value) {
        if (value instanceof Decimal128) complete = false;
        if (value instanceof Double number && Double.isNaN(number)) return false;
        return value == null || KeyType.of(value).isScalar();
    }
}
