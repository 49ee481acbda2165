package dev.weft.store;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import io.netty.channel.Channel;
import java.time.Clock;
import java.util.Collection;
import java.util.List;

/** Answers the {@code hello} command, which the library lacks, as it answers {@code isMaster}. */
record GreetingBackend(MongoBackend delegate) implements MongoBackend {
    @Override
    public Document handleCommand(Channel channel, String database, String command, Document query) {
        if (!command.equals("hello")) return delegate.handleCommand(channel, database, command, query);
        var answer = delegate.handleCommand(channel, database, "ismaster", query);
        answer.put("isWritablePrimary", true);
        return answer;
    }

    @Override
    public Document handleMessage(MongoMessage message) {
        var query = message.getDocument();
        return handleCommand(
                message.getChannel(),
                message.getDatabaseName(),
                query.keySet().iterator().next(),
                query);
    }

    @Override
    public void handleClose(Channel channel) {
        delegate.handleClose(channel);
    }

    @Override
    public QueryResult handleQuery(MongoQuery query) {
        return delegate.handleQuery(query);
    }

    @Override
    public void dropDatabase(String database) {
        delegate.dropDatabase(database);
    }

    @Override
    public Collection<Document> getCurrentOperations(MongoQuery query) {
        return delegate.getCurrentOperations(query);
    }

    @Override
    public Document getServerStatus() {
        return delegate.getServerStatus();
    }

    @Override
    public void close() {
        delegate.close();
    }

    @Override
    public void closeCursors(List<Long> cursorIds) {
        delegate.closeCursors(cursorIds);
    }

    @Override
    public Clock getClock() {
        return delegate.getClock();
    }

    @Override
    public void enableOplog() {
        delegate.enableOplog();
    }

    @Override
    public void disableOplog() {
        delegate.disableOplog();
    }

    @Override
    public MongoDatabase resolveDatabase(String database) {
        return delegate.resolveDatabase(database);
    }

    @Override
    public MongoBackend version(MongoVersion version) {
        return delegate.version(version);
    }
}
