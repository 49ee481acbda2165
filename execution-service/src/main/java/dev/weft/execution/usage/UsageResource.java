package dev.weft.execution.usage;

import dev.weft.common.jsonapi.Resource;
import java.util.List;
import java.util.Map;

/** Usages on the wire (api-v2 12): {@code memory} in MiB s, {@code cpu} in thousandths of a processor's second. */
final class UsageResource {

    private static final String TYPE = "quota-usage";
    private static final double THOUSANDTHS = 1000;

    private UsageResource() {}

    /** Of a period as a whole. */
    static Resource of(String id, Usage usage) {
        return with(Resource.of(TYPE, id, null), usage);
    }

    /** By day or month, the oldest first. */
    static List<Resource> history(Map<String, Usage> usages) {
        return usages.entrySet().stream()
                .map(entry -> with(
                        Resource.of(TYPE, entry.getKey(), null).attribute("date", entry.getKey()), entry.getValue()))
                .toList();
    }

    static List<Resource> flows(Map<String, Usage> usages) {
        return usages.entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue()).toOne("flow", "flow", entry.getKey(), "/v2/flows"))
                .toList();
    }

    private static Resource with(Resource resource, Usage usage) {
        return resource.attribute("memory", Math.round(usage.memory() * THOUSANDTHS) / THOUSANDTHS)
                .attribute("cpu", usage.cpu());
    }
}
