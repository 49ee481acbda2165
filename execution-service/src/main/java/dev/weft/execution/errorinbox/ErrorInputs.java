package dev.weft.execution.errorinbox;

import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.execution.errorinbox.MongoErrorInputs.ErrorInput;
import dev.weft.execution.message.MessageCodec;
import dev.weft.execution.record.Payload;
import dev.weft.execution.record.ShownMessages;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * The inputs of failed messages as executions show them; a body above 64 KiB is left out, as in all messages that are
 * shown.
 */
@Service
public class ErrorInputs {

    private static final Logger log = LoggerFactory.getLogger(ErrorInputs.class);
    /** Bytes that one answer reads at most; what would be beyond is shown as too large. */
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private final MongoErrorInputs kept;
    private final MessageCodec codec;

    public ErrorInputs(MongoErrorInputs kept, MessageCodec codec) {
        this.kept = kept;
        this.codec = codec;
    }

    /** By error id; what is too old to be kept is missing. */
    public Map<String, Payload> shown(Collection<String> errorIds) {
        var shown = new HashMap<String, Payload>();
        if (errorIds.isEmpty()) {
            return shown;
        }
        // Sizes are read first, without the inputs: reading all inputs to leave some out would use the very memory that
        // the limit is to save.
        var sizes = kept.sizes(errorIds);
        var wanted = new ArrayList<String>();
        var left = MOST_BYTES;
        for (var id : errorIds) {
            var size = sizes.get(id);
            if (size != null && size <= left) {
                wanted.add(id);
                left -= size;
            } else if (size != null) {
                shown.put(id, Payload.leftOut(size));
            }
        }
        kept.find(wanted).forEach((id, input) -> shown.put(id, shown(id, input)));
        return shown;
    }

    private Payload shown(String id, ErrorInput input) {
        var protocol = input.headers().get(FlowHeaders.PROTOCOL_VERSION) instanceof Number n ? n.intValue() : 1;
        try {
            return new ShownMessages(codec)
                    .of(codec.decode(input.frame(), protocol))
                    .payload();
        } catch (IllegalArgumentException e) {
            log.warn("The input of error {} can not be read: {}", id, e.getMessage());
            return Payload.leftOut(input.frame().length);
        }
    }
}
