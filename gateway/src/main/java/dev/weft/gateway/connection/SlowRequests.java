package dev.weft.gateway.connection;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.catalina.Engine;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Ends what comes too slowly: heads, and what is left of a body that nobody has read, of a request that was refused or, as
 * HEAD, has none to speak of. It is read and dropped, so that its sender gets to see the answer, but neither for ever nor
 * whatever its length: the server by itself would wait for the next byte as long as one comes now and then.
 */
final class SlowRequests extends ValveBase {

    private static final long MOST_DROPPED = 64L * 1024 * 1024;

    private final Duration longest;

    SlowRequests(Duration longest) {
        super(true);
        this.longest = longest;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
        if (!request.isAsync()
                && hasBody(request)
                && !request.getCoyoteRequest().isFinished()) {
            drop(request, response);
        }
    }

    private static boolean hasBody(Request request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    private void drop(Request request, Response response) {
        var body = request.getCoyoteRequest();
        try {
            // The answer goes out before the rest is read, so that its reader can stop sending.
            response.finishResponse();
            if (isEnded(body)) {
                return;
            }
        } catch (IOException e) {
            container.getLogger().debug("The sender of an unread body is gone", e);
        }
        // The rest is waited for no longer: the connection ends.
        body.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }

    private boolean isEnded(org.apache.coyote.Request body) throws IOException {
        var begun = System.nanoTime();
        var dropped = new Dropped();
        var count = 0L;
        while (count <= MOST_DROPPED && System.nanoTime() - begun < longest.toNanos()) {
            var read = body.doRead(dropped);
            if (read < 0) {
                return true;
            }
            count += read;
        }
        return false;
    }

    /** Takes what is read, and does nothing with it: the stream of the request is closed already. */
    private static final class Dropped implements ApplicationBufferHandler {

        private ByteBuffer buffer = ByteBuffer.allocate(0);

        @Override
        public void setByteBuffer(ByteBuffer read) {
            buffer = read;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return buffer;
        }

        @Override
        public void expand(int size) {
            // The connection brings its own.
        }
    }

    @Override
    public void backgroundProcess() {
        super.backgroundProcess();
        if (container instanceof Engine engine) {
            for (var connector : engine.getService().findConnectors()) {
                if (connector.getProtocolHandler() instanceof WatchedProtocol protocol) {
                    protocol.cutHeadsOlderThan(longest);
                }
            }
        }
    }
}
