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
 * Ends requests that come too slowly: heads that take too long, and the rest of a body that nobody has read, as after a
 * refusal or HEAD. That rest is read and thrown away, so that the sender gets to see the answer, but only for a limited
 * time and length: the server by itself would go on for as long as a byte comes now and then.
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
            // The answer is sent before the rest is read, so that its reader can stop sending.
            response.finishResponse();
            if (isEnded(body)) {
                return;
            }
        } catch (IOException e) {
            container.getLogger().debug("The sender of an unread body is gone", e);
        }
        // No more is read: the connection is closed.
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

    /** Receives the dropped bytes; the request's own stream is closed already. */
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
            // Not used: the connection has a buffer of its own.
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
