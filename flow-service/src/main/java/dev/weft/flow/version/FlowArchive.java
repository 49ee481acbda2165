package dev.weft.flow.version;

import dev.weft.flow.content.FlowVersion;
import java.util.List;

/**
 * Keeps the versions that are no longer the latest; the latest one is the flow's own content. A version is archived
 * before the flow changes, so a crash between the two leaves a second copy of the latest, and never a gap.
 */
public interface FlowArchive {

    /** Does nothing when the version is already kept. */
    void keep(FlowVersion version);

    /** Flows, of any tenant, of which a kept version has a step of the component. */
    List<String> flowsUsing(String componentId);

    void forget(String flowId);
}
