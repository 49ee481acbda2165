package dev.weft.execution.door;

import dev.weft.common.access.Caller;
import dev.weft.common.flowmessage.HookDoor;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /internal/doors/{flow_id}}, for gateways: a {@link HookDoor}, or 404 when the flow takes no calls. */
@RestController
class DoorController {

    private final DoorService doors;

    DoorController(DoorService doors) {
        this.doors = doors;
    }

    @GetMapping("/internal/doors/{flowId}")
    HookDoor door(Caller caller, @PathVariable String flowId) {
        if (!caller.isService()) {
            throw Problem.of(ProblemCode.FORBIDDEN, "Doors are shown to services only.")
                    .exception();
        }
        return doors.find(flowId)
                .orElseThrow(() -> Problem.notFound("webhook", flowId).exception());
    }
}
