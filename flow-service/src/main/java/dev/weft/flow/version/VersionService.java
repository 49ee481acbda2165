package dev.weft.flow.version;

import dev.weft.common.access.Caller;
import dev.weft.common.problem.Problem;
import dev.weft.flow.content.FlowVersion;
import dev.weft.flow.flow.FlowChangeService;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Service;

/** Shows the versions of a flow: the latest is the flow's own content, the others are in the archive. */
@Service
class VersionService {

    private final FlowChangeService flows;
    private final MongoFlowArchive archive;

    VersionService(FlowChangeService flows, MongoFlowArchive archive) {
        this.flows = flows;
        this.archive = archive;
    }

    /** Some versions of a flow, and how many there are in all. */
    record Page(List<FlowVersion> versions, boolean cut, long total) {}

    FlowVersion get(Caller caller, String flowId, String id) {
        var flow = flows.getToRead(caller, flowId);
        return flow.latestVersion()
                .filter(latest -> latest.id().equals(id))
                .or(() -> archive.find(flowId, id))
                .orElseThrow(() -> Problem.notFound("version", id).exception());
    }

    /** Oldest first; versions are numbered from 1 without gaps, so a page is a range of numbers. */
    Page list(Caller caller, String flowId, long skip, int size) {
        var latest = flows.getToRead(caller, flowId).latestVersion();
        if (latest.isEmpty()) {
            return new Page(List.of(), false, 0);
        }
        var total = latest.get().number();
        var first = skip + 1;
        var end = first + size;
        var versions = new ArrayList<FlowVersion>();
        if (first < total) {
            // Only below the latest: after a crash the archive may have a copy of that one too.
            var older = archive.list(flowId, first, Math.min(end, total));
            versions.addAll(older.items());
            if (older.cut()) {
                return new Page(versions, true, total);
            }
        }
        if (first <= total && total < end) {
            versions.add(latest.get());
        }
        return new Page(versions, false, total);
    }
}
