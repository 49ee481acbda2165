package dev.weft.flow.quota;

import java.util.List;

/**
 * A limit of flows that holds for one about to be made (api-v2 12).
 *
 * @param quota     its name
 * @param field     by which flows are counted: {@code workspace}, {@code contract} or {@code tenant}
 * @param uncounted workspaces whose flows do not count
 */
public record FlowLimit(String quota, String field, String id, long limit, List<String> uncounted) {}
