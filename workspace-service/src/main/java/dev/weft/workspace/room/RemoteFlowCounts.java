package dev.weft.workspace.room;

import dev.weft.common.access.Caller;
import dev.weft.common.remote.RemoteCalls;
import dev.weft.workspace.room.FlowRoom.FlowLimit;
import java.util.List;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;

/** Asks flow-service. */
@Service
@EnableFeignClients(clients = RemoteFlowCounts.FlowCountApi.class)
class RemoteFlowCounts implements FlowCounts {

    /** flow-service's inside. */
    @FeignClient(name = "flow-counts", url = "${weft.services.flow}")
    interface FlowCountApi {
        @PostMapping("/internal/flows/counts")
        Counted count(@RequestHeader("Authorization") String bearer, @RequestBody FlowRoom limits);
    }

    /** {@code {"counts":[..]}}. */
    record Counted(List<Long> counts) {}

    private final FlowCountApi flows;
    private final RemoteCalls calls;

    RemoteFlowCounts(FlowCountApi flows, RemoteCalls calls) {
        this.flows = flows;
        this.calls = calls;
    }

    @Override
    public List<Long> of(Caller caller, List<FlowLimit> limits) {
        return calls.read(
                "flow",
                () -> List.copyOf(
                        flows.count(caller.bearer(), new FlowRoom(limits)).counts()));
    }
}
