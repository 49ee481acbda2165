package dev.weft.store;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.MongoServerException;
import de.bwaldvogel.mongo.wire.MongoDatabaseHandler;
import de.bwaldvogel.mongo.wire.message.ClientRequest;
import de.bwaldvogel.mongo.wire.message.MessageHeader;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.group.ChannelGroup;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One driver's connection: runs its commands, and answers writes once they are durable. */
final class StoreConnection extends MongoDatabaseHandler {
    private static final Logger LOG = LoggerFactory.getLogger(StoreConnection.class);
    private static final int INTERNAL_ERROR = 1;
    /** By which services ask whether the store is well. Drivers that choose a server ask otherwise, so that reads go on. */
    private static final String HEALTH = "ping";

    private static final Set<String> WRITES = Set.of(
            "insert",
            "update",
            "delete",
            "findAndModify",
            "findandmodify",
            "create",
            "createIndexes",
            "drop",
            "dropIndexes",
            "dropDatabase",
            "renameCollection");

    private final AtomicInteger answers = new AtomicInteger();
    private final StoreEngine engine;

    /** Used by the connection's own loop alone. */
    private final StoreLogIn logIn;

    StoreConnection(StoreEngine engine, ChannelGroup clients, StoreLogIn logIn) {
        super(engine.backend(), clients);
        this.engine = engine;
        this.logIn = logIn;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ClientRequest request) {
        if (!(request instanceof MongoMessage message)) {
            greet(context, request);
            return;
        }
        var command = nameOf(message.getDocument());
        var isWrite = isWrite(message.getDocument());
        var obstacle = isWrite || command.equals(HEALTH) ? engine.obstacle() : null;
        if (!logIn.admits(command)) {
            reply(context, message, logIn.refusal());
        } else if (logIn.isLogIn(command)) {
            reply(context, message, logIn.answer(message.getDocument()));
        } else if (obstacle != null) {
            // A write is refused before it is carried out, or it would stay in memory until the disk accepts it.
            reply(context, message, refusal(obstacle));
        } else if (isWrite) {
            // The answer is made now and sent when the write is durable: a client that has seen it must find the write
            // after a crash.
            var answer = engine.write(() -> answer(message));
            engine.whenDurable(failure -> reply(context, message, failure == null ? answer : refusal(failure)));
        } else {
            reply(context, message, answer(message));
        }
    }

    /** In the older form of messages drivers only say who they are. */
    private void greet(ChannelHandlerContext context, ClientRequest request) {
        if (request instanceof MongoQuery query && logIn.admits(nameOf(query.getQuery()))) {
            super.channelRead0(context, request);
        } else {
            LOG.debug("A message in the older form is no greeting");
            var _ = context.close();
        }
    }

    private static String nameOf(Document command) {
        return command.isEmpty() ? "" : command.keySet().iterator().next();
    }

    private static boolean isWrite(Document command) {
        var name = nameOf(command);
        if (WRITES.contains(name)) return true;
        // A pipeline that writes to a collection must wait for the disk like any other write.
        return name.equals("aggregate")
                && command.get("pipeline") instanceof Collection<?> stages
                && stages.stream()
                        .anyMatch(stage -> stage instanceof Map<?, ?> map
                                && (map.containsKey("$out") || map.containsKey("$merge")));
    }

    private void reply(ChannelHandlerContext context, MongoMessage message, Document answer) {
        // A driver accepts a reply only if it names its request.
        var header =
                new MessageHeader(answers.incrementAndGet(), message.getHeader().getRequestID());
        var _ = context.channel()
                .writeAndFlush(new MongoMessage(context.channel(), header, answer))
                .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    private Document answer(MongoMessage message) {
        try {
            return engine.backend().handleMessage(message);
        } catch (MongoServerError e) {
            LOG.atDebug().setCause(e).log("A command was refused");
            return error(e.getCode(), e.getCodeName(), e.getMessageWithoutErrorCode());
        } catch (MongoServerException e) {
            LOG.atDebug().setCause(e).log("A command failed");
            return error(0, null, e.getMessageWithoutErrorCode());
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("A command met a defect of the store");
            return error(INTERNAL_ERROR, "InternalError", String.valueOf(e));
        }
    }

    private static Document refusal(IOException failure) {
        return error(INTERNAL_ERROR, "InternalError", "The store cannot write: " + failure.getMessage());
    }

    static Document error(int code, @org.jspecify.annotations.Nullable String name, String message) {
        var error = new Document("ok", 0).append("errmsg", message);
        // Drivers choose their exception by the code, not by the text.
        if (code != 0) error.append("code", code);
        if (name != null) error.append("codeName", name);
        return error;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.atDebug().setCause(cause).log("A connection broke");
        var _ = context.close();
    }
}
